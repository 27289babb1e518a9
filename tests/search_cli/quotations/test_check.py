"""The search for the candidates of a quotation."""

from search_cli.json_types import Body
from search_cli.query.bodies import HIDDEN
from search_cli.quotations.check import candidates_body
from search_cli.quotations.ellipsis import interpretations


def body(text: str) -> Body:
    return candidates_body(interpretations(text)[0])


def test_pairs_and_whole_clauses():
    assert body("與小米的合作，是嘗試") == {
        "query": {
            "bool": {
                "should": [
                    {"match": {"bigrams": "与小 小米 米的 的合 合作 是尝 尝试"}},
                    {
                        "constant_score": {
                            "filter": {"match_phrase": {"chars": "与 小 米 的 合 作"}},
                            "boost": 24.0,
                        }
                    },
                ],
                "minimum_should_match": 1,
            }
        },
        "size": 10,
        "_source": {"excludes": HIDDEN},
        "track_total_hits": False,
        "sort": [{"_score": "desc"}, {"interview_id": "asc"}, {"turn": "asc"}],
    }


def test_parts_have_no_pairs_in_common():
    assert body("小米……合作")["query"]["bool"]["should"] == [{"match": {"bigrams": "小米 合作"}}]


def test_one_character_and_signs():
    assert body("米")["query"]["bool"]["should"] == [{"match": {"bigrams": "米"}}]
    assert body("¥")["query"]["bool"]["should"] == [{"term": {"chars": "¥"}}]


def test_a_long_quotation_is_looked_for_by_its_beginning_its_middle_and_its_end():
    text = "".join(map(chr, range(0x4E00, 0x4E00 + 2000)))
    should = body(text)["query"]["bool"]["should"]
    pairs = should[0]["match"]["bigrams"].split()
    assert 200 < len(pairs) <= 240
    assert len(should) == 5
