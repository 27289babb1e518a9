"""Refusals of rebuilds that would lose interviews, as they are told."""

from dataclasses import dataclass
from typing import cast

import pytest

from indexer.errors import UsageError
from indexer.store.indexed_interview import IndexedInterview
from indexer.store.safeguards import check_gone

NEXT_STEP = "fangtan index --rebuild --prune"


@dataclass(frozen=True)
class Origin:
    path: str


@dataclass(frozen=True)
class Gone:
    origin: Origin


def told(*paths: str) -> UsageError:
    """What is said of an interview each of these files, which are gone."""
    gone = [cast(IndexedInterview, Gone(Origin(path))) for path in paths]
    with pytest.raises(UsageError) as error:
        check_gone(gone)
    return error.value


LOST = "a rebuild reads all files again and would lose {} of the archive's interviews."


def test_files_that_are_gone_are_named_and_many_counted() -> None:
    assert told("/甲", "/甲").message == f"The file /甲 is gone: {LOST.format(2)}"
    assert told("/乙", "/甲").message == f"The files /乙, /甲 are gone: {LOST.format(2)}"
    assert told(*"abcde").message == f"The files a, b, c and 2 more are gone: {LOST.format(5)}"
    assert told("/甲").next_step == f"Restore the files, or remove the interviews: {NEXT_STEP}"


@pytest.mark.usefixtures("chinese")
def test_files_that_are_gone_are_named_in_chinese() -> None:
    lost = "重建要重新读取所有文件，档案库会因此失去 5 篇访谈。"
    assert told(*"abcde").message == f"文件已不存在：a、b、c 和另外 2 个。{lost}"
    assert told("/甲").next_step == f"恢复这些文件，或移除这些访谈：{NEXT_STEP}"
