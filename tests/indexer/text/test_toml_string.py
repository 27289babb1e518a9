"""What is written as a string of TOML reads as it was, and shows nothing that is not there."""

import tomllib

import tomlkit
from hypothesis import given, settings
from hypothesis import strategies as st

from indexer.text.printable import plain
from indexer.text.toml_string import quoted

ANY = st.text(st.characters(codec="utf-8") | st.sampled_from("\x00\x1b\x7f\x9b\u202e\u200d\ue000\\\"'\n"))


@settings(max_examples=60)
@given(ANY)
def test_it_reads_as_it_was(text: str) -> None:
    written = f"a = {quoted(text)}\n"
    assert tomllib.loads(written) == tomlkit.parse(written).unwrap() == {"a": text}
    assert plain(quoted(text)) == quoted(text)


def test_half_a_character_is_replaced() -> None:
    written = quoted("甲\ud800")
    assert tomllib.loads(f"a = {written}")["a"] == "甲\ufffd"
