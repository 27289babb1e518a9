"""`TurnDocument`, held to the mapping of the index."""

import subprocess
import sys
from datetime import datetime
from inspect import get_annotations

import pytest
from elasticsearch.dsl import Document, Q

from indexer.store import mapping
from search_cli.dsl import TurnDocument


def test_it_has_the_mapping_of_the_index() -> None:
    own = TurnDocument._doc_type.mapping.to_dict()
    assert own["properties"] == {field: dict(one) for field, one in mapping.TURN.items()}
    assert own["dynamic"] == "strict"


def test_every_field_has_the_type_its_values_come_as() -> None:
    of_mapping = {"keyword": str, "text": str, "integer": int, "double": float, "date": datetime}
    many = {"authors", "topics", "keywords", "numbers", "passage"}
    many |= {"notes", "note_offsets", "note_chars", "note_bigrams", "mentions", "printed_mentions"}
    hints = get_annotations(TurnDocument)
    always = {"interview_id", "turn", "role", "text"}
    for field, one in mapping.TURN.items():
        kind = of_mapping[one["type"]]
        expected = list[kind] if field in many else kind if field in always else kind | None  # type: ignore[valid-type]
        assert hints[field] == expected, field


def test_no_field_is_hidden_by_a_method_of_the_document() -> None:
    assert not {field for field in mapping.TURN if hasattr(Document, field)}


def test_a_query_reads_like_python() -> None:
    search = TurnDocument.search().filter("term", speaker="郑志昊").query(Q("match_phrase", text="红米手机"))
    body = search.to_dict()
    assert body["query"] == {
        "bool": {"filter": [{"term": {"speaker": "郑志昊"}}], "must": [{"match_phrase": {"text": "红米手机"}}]}
    }
    assert search._index == ["fangtan-turns"]
    assert TurnDocument.search(index="meetings-turns")._index == ["meetings-turns"]


def test_a_turn_without_a_field_says_so() -> None:
    turn = TurnDocument(interview_id="qzone-xiaomi", turn=1, role="narration", text="导语")
    assert turn.address == "qzone-xiaomi#1"
    assert (turn.speaker, turn.reply_to, turn.date) == (None, None, None)
    assert not turn.topics
    assert turn.numbers == []


@pytest.mark.parametrize(
    ("index", "is_turn"),
    [
        ("fangtan-turns", True),
        ("fangtan-turns-20261124-093000", True),
        ("meetings-turns-20261124-093000-2", True),
        ("fangtan-passages-20261124-093000", False),
        ("fangtan-turns-notes", False),
        ("", False),
    ],
)
def test_hits_of_the_indices_behind_the_alias_are_turns(index: str, is_turn: bool) -> None:
    assert TurnDocument._matches({"_index": index}) is is_turn


def test_only_those_who_want_it_pay_for_it() -> None:
    code = "import sys, search_cli.app; sys.exit('elasticsearch' in sys.modules or 'urllib3' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code]).returncode == 0
