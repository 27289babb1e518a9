"""topics.toml with learned topics: what people wrote stays as it is, and names stay what they were."""

from dataclasses import replace
from pathlib import Path

import pytest

from indexer.enrich.topics import Topics
from indexer.language import messages
from indexer.language.languages import Language
from indexer.topics.learn import LearnedTopic
from indexer.topics.topics_file import HEAD, compare, with_learned

VACCINES = LearnedTopic("疫苗、接种", {"疫苗": 2.1, "接种": 1.5, "流感": 0.4}, 50)
FILMS = LearnedTopic("电影、导演", {"电影": 2.0, "导演": 1.1}, 40)
RICE = LearnedTopic('水稻、"稻"', {"水稻": 2.0, '"稻"': 1.1}, 60)
OWN = '# Mine\n\n["农业"]\nterms = ["拖拉机"]  # one\n'


def test_what_people_wrote_stays_and_learned_topics_are_replaced() -> None:
    first = with_learned(OWN, [VACCINES, FILMS])
    assert first.startswith(f"{OWN}\n# {HEAD}\n")
    second = with_learned(first, [RICE])
    assert second.startswith(f"{OWN}\n# {HEAD}\n")
    assert "疫苗" not in second
    assert second.count(HEAD) == 1
    assert with_learned(second, [RICE]) == second
    assert with_learned("", [RICE]) == with_learned("\n\n", [RICE])
    topics = Topics.parse(Path("topics.toml"), second.encode())
    assert topics.are_learned
    assert {(term.topic, term.text) for terms in topics.terms.values() for term in terms} == {
        ("农业", "农业"),
        ("农业", "拖拉机"),
        (RICE.name, "水稻"),
        (RICE.name, '"稻"'),
    }


def test_nothing_is_changed_by_learning_the_same() -> None:
    text = with_learned(OWN, [VACCINES, FILMS])
    diff = compare(text, [VACCINES, FILMS])
    assert (diff.kept, diff.new, diff.gone) == ((VACCINES, FILMS), (), ())
    assert with_learned(text, diff.learned) == text


def test_a_topic_keeps_the_name_that_it_was_given() -> None:
    text = with_learned("", [VACCINES, FILMS]).replace("疫苗、接种", "防疫")
    again = replace(VACCINES, name="接种、流感", weights={"疫苗": 2.0, "接种": 1.7, "口罩": 0.3})
    diff = compare(text, [again, RICE])
    assert diff.kept == (replace(again, name="防疫"),)
    assert (diff.new, diff.gone) == ((RICE,), (FILMS.name,))
    assert [topic.name for topic in diff.learned] == [RICE.name, "防疫"]


def test_a_topic_of_ones_own_is_not_learned_beside_it() -> None:
    text = with_learned(OWN, [VACCINES]).replace("learned = true\n", "")
    diff = compare(text, [VACCINES, replace(RICE, name="农业")])
    assert (diff.kept, diff.gone) == ((), ())
    assert [topic.name for topic in diff.new] == ["农业、水稻"]


@pytest.mark.usefixtures("chinese")
def test_the_comment_of_a_file_stays_in_the_language_in_which_it_was_written() -> None:
    first = with_learned(OWN, [FILMS])
    assert f"# {messages.gettext(HEAD)}\n" in first
    assert HEAD not in first
    messages.use(Language.ENGLISH)
    assert with_learned(first, [FILMS]) == first
