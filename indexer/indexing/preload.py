"""Load what the first transcript of a process needs, while Elasticsearch makes the indices of a new archive.

The tables of words, names and scripts, and the expressions of the parser, take longer than a small archive itself.
"""

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor, wait
from contextlib import contextmanager
from functools import partial
from pathlib import Path

from indexer.enrich.enrich import Knowledge
from indexer.indexing.interviews import source_info
from indexer.indexing.plan import Load
from indexer.indexing.prepare import prepare_completely
from indexer.indexing.transcript import ParsedInterview, ReadOptions, read_items

_TRANSCRIPT = "记者：您好，王小明先生，今年有多少人参加？\n王小明：您好，一共三百二十人，我们都很高兴。\n"


@contextmanager
def preloading(knowledge: Knowledge, is_new: bool) -> Iterator[Callable[[], object]]:
    """Load in another thread if the archive `is_new`; yield a function that waits until that is done."""
    with ThreadPoolExecutor(1) as thread:
        # an error is met again with the first transcript, and reported then
        begun = [thread.submit(_prepare, knowledge)] if is_new else []
        yield partial(wait, begun)


def _prepare(knowledge: Knowledge) -> None:
    """Prepare a transcript of two turns."""
    for item in read_items(Path("-"), _TRANSCRIPT.encode(), "-", ReadOptions()):
        if isinstance(item, ParsedInterview):
            origin = source_info(
                item.interview, source="", path="", hash_="", fingerprint="", part=1, parts=1, overrides=()
            )
            prepare_completely(Load(item.interview, origin), knowledge)
