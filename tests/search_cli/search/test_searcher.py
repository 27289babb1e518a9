"""The counts of a search: what is asked for once is not asked for again."""

from indexer.text.analysis import Analyzer
from search_cli.query import bodies
from search_cli.query.request import Match, request
from search_cli.query.terms import analyze_query
from search_cli.search.searcher import counts

ANALYZER = Analyzer()


def test_interviews_of_all_hits_are_counted_once() -> None:
    asked = request("小米 合作")
    terms = analyze_query(asked.node, ANALYZER.analyze)
    several = counts(asked, terms)
    assert [name for name, body in several.items() if "aggs" not in body] == ["any"]
    assert several["any"]["query"] == bodies.count_body(asked, terms, Match.ANY)["query"]


def test_a_phrase_has_no_parts_to_count() -> None:
    asked = request('"小米"')
    terms = analyze_query(asked.node, ANALYZER.analyze)
    every = counts(asked, terms)
    assert every["any"] == every["all"] == bodies.count_body(asked, terms, Match.ALL)
