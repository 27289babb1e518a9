"""THIRD_PARTY.md is what the installed packages and the jars of a started node state."""

from tests.support import third_party


def test_the_page_is_up_to_date(node_url: str) -> None:
    assert node_url
    written = third_party.PAGE.read_text("utf-8")
    jars = written.index(
        "## Elasticsearch"
    )  # the libraries are those of one platform: tests/test_docs.py compares them
    assert third_party.page().endswith(written[jars:]), "make docs"
