"""A plan that is packed is the same again, whatever its turns have."""

import pickle
from pathlib import Path

import pytest

from indexer.indexing.packed_load import PackedLoad
from indexer.indexing.plan import Load
from indexer.model import Interview, Role, Turn
from indexer.store.indexed_interview import SourceInfo
from indexer.text import analysis

TURNS = (
    Turn(1, "主持人", Role.INTERVIEWER, "稻田…怎么灌溉？", "问", start=10, end=900, notes=("笑",), note_offsets=(0,)),
    Turn(2, "", Role.OTHER, ""),
    Turn(3, "林深", Role.INTERVIEWEE, "㈱ｶﾞ是一家公司", topics=("水稻",), keywords=("公司",), reply_to=1),
)


@pytest.mark.parametrize("turns", [TURNS, TURNS[:1], ()])
@pytest.mark.parametrize("is_analyzed", [True, False])
def test_what_is_packed_is_there_again(turns: tuple[Turn, ...], is_analyzed: bool) -> None:
    analyze = analysis.load(Path("none")).analyze
    load = Load(
        Interview(turns, id="talk", title="水稻"),
        SourceInfo(path="/talk.txt", hash="1", content="2", fingerprint="3"),
        ("copy",),
        tuple(analyze(turn.text) for turn in turns) if is_analyzed else (),
        (range(len(turns)),),
    )
    assert pickle.loads(pickle.dumps(PackedLoad.of(load))).load() == load
