"""Vectors of texts: near where the meaning is, the same in any batch, of long texts too."""

import numpy as np
import pytest

from indexer.embeddings.encoder import LONGEST, Encoder, prepare
from indexer.embeddings.neighbours import REACH, combine
from tests.support import models

SAID = ["租金每年调一次。", "他在村里养了三十年鸡。", "我们先做手机，后来才做电视。", "那天下雨，比赛改到了礼拜天。"]


def test_a_question_is_nearest_to_what_answers_it_in_other_words():
    encoder = models.encoder()
    vectors = encoder.documents(SAID)
    for question, answer in [
        ("房东什么时候涨价", 0),
        ("谁是农民", 1),
        ("公司的产品有哪些", 2),
        ("因为天气推迟了吗", 3),
    ]:
        assert int(np.argmax(vectors @ encoder.query(question))) == answer, question


def test_vectors_are_those_that_the_makers_of_the_model_publish_it_for():
    """First token, length 1: as computed once by hand from the output of the model."""
    vector = models.encoder().query("房东什么时候涨价")
    assert vector.shape == (512,)
    assert float(np.linalg.norm(vector)) == pytest.approx(1, abs=1e-5)
    own = models.encoder().documents(["房东什么时候涨价"])[0]
    assert 0.6 < float(own @ vector) < 0.999  # the prefix of a question makes a difference


def test_a_vector_does_not_depend_on_the_batch_it_is_made_in():
    encoder = models.encoder()
    texts = [*SAID, "好" * 900, "嗯", *(f"第{number}段，{'说了很多，' * number}" for number in range(60))]
    together = encoder.documents(texts)
    alone = np.stack([encoder.documents([text])[0] for text in texts[:6]])
    assert np.array_equal(together[:6], alone)


def test_a_text_longer_than_the_model_reads_is_read_to_its_end():
    encoder = models.encoder()
    long = "我们先做手机，后来才做电视。" * 60 + "租金每年调一次，房东说了算。" * 60
    vector = encoder.documents([long])[0]
    phones, rent = encoder.documents(["我们先做手机，后来才做电视。" * 30, "租金每年调一次，房东说了算。" * 30])
    assert vector @ phones > 0.75
    assert vector @ rent > 0.75


def test_texts_are_compared_in_normal_form_and_a_book_is_cut():
    assert prepare("租金漲了１０％") == prepare("租金涨了10%")
    assert len(prepare("好" * (LONGEST + 10))) == LONGEST


def test_no_text_gives_no_vector():
    assert Encoder(models.builtin()).documents([]).shape == (0, 512)


def test_a_turn_takes_from_those_around_it_by_distance_and_length():
    vectors = np.eye(4, dtype=np.float32)
    combined = combine(vectors, np.array([9, 9, 16, 0]))
    expected = np.array([3, 3 * np.exp(-1 / 8), 4 * np.exp(-4 / 8), 0])
    assert combined[0] == pytest.approx(expected / np.linalg.norm(expected))
    assert np.linalg.norm(combined, axis=1) == pytest.approx(np.ones(4))
    assert not combined[:, 3].any()


def test_a_turn_takes_nothing_from_far_away():
    vectors = np.eye(REACH + 2, dtype=np.float32)
    combined = combine(vectors, np.ones(REACH + 2, np.int64))
    assert combined[0, REACH] > 0
    assert combined[0, REACH + 1] == 0
