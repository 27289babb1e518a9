"""Terms of topics in the turns of a section, counted turn by turn."""

from hypothesis import given
from hypothesis import strategies as st

from indexer.enrich.term_counts import TermCounter
from indexer.enrich.topic_terms import Term
from indexer.text.tokens import bigrams

TEXTS = ("广告", "广告费", "告费", "哈哈", "田", "qq空间", "ai", "4s", "pc端", "c++", "a b")
FIRSTS = sorted({bigrams(text)[0] for text in TEXTS})
TERMS = {first: [Term("题", text, 1.0) for text in TEXTS if bigrams(text)[0] == first] for first in FIRSTS}
COUNTER = TermCounter(TERMS)
turns = st.lists(st.sampled_from([*TEXTS, *"广告费哈田空间aqi4s端c+ é，."]), max_size=10).map("".join)


@given(st.lists(turns, max_size=4))
def test_terms_are_counted_as_in_the_whole_section(texts: list[str]) -> None:
    section = "\n".join(texts)
    said = {bigram for text in texts for bigram in bigrams(text)}
    words = "".join(one if one.isascii() and one.isalnum() else " " for one in section).split()
    expected = [
        (term.text, words.count(term.text) if term.text in ("ai", "4s") else section.count(term.text))
        for first in FIRSTS
        if first in said
        for term in TERMS[first]
    ]
    found = COUNTER.total([COUNTER.count(text, " ".join(bigrams(text))) for text in texts])
    assert [(term.text, count) for term, count in found] == [one for one in expected if one[1]]
