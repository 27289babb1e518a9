"""The language that a command speaks: the reader's, but what programs read is English."""

import pytest

from indexer.errors import UsageError
from search_cli.commands import topics_edit
from search_cli.commands.index import index


@pytest.mark.usefixtures("chinese")
def test_what_is_said_beside_json_is_english() -> None:
    with pytest.raises(UsageError, match="用 --meta 时必须给出 PATH。"):
        index(meta=["outlet=搜狐IT"])
    with pytest.raises(UsageError, match=r"--meta requires a PATH\."):
        index(meta=["outlet=搜狐IT"], json=True)


@pytest.mark.usefixtures("chinese")
def test_a_change_of_topics_is_told_in_english_beside_json() -> None:
    with pytest.raises(UsageError, match=r"--json asks for no confirmation\."):
        topics_edit.drop(["口罩"], json=True)
