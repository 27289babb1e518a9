"""Fuzzing: files of every format damaged by chance, hostile command lines, hostile files of what an archive knows.

    python -m tests.trials.fuzz 10              ten minutes; the seed is printed
    python -m tests.trials.fuzz 10 --seed 7     the same cases again
    python -m tests.trials.fuzz 10 files        one kind of them: files, queries or knowledge

A file must end in documents or in a `ReadingError`, within `LIMIT` seconds, and no word of a text may be lost; a
command line must end with an exit code from 0 to 3, without a traceback and with nothing raw on the output. Command
lines ask the archive of `ELASTICSEARCH_URL` or of the embedded node, and only read. Each case has a seed of its own,
which is printed with what went wrong; what fails is kept in the folder of `--keep`.
"""

import argparse
import contextlib
import io
import os
import signal
import sys
import tempfile
import time
import traceback
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from random import Random, SystemRandom
from types import FrameType
from typing import NamedTuple

from indexer.errors import FangtanError, ReadingError
from indexer.model import Interview
from indexer.readers import read
from indexer.readers.formats import markdown
from indexer.readers.script import Script
from indexer.settings import Settings, sample_data
from indexer.text.printable import plain
from tests.support.forms import FORMS
from tests.support.kept_words import check, everything, visible
from tests.support.made_files import damaged, made
from tests.support.made_queries import arguments
from tests.support.sources import items

LIMIT = 10
"""Seconds of the processor that a case may take: most take a hundredth."""

SHORT = 200_000
"""Bytes that a file is made longer to at most, by repeating a part of it."""

_ENCODINGS = ("utf-8", "utf-8-sig", "utf-16", "gb18030", "big5hkscs", "latin-1", "cp1252", "utf-32", "shift_jis")
_SUFFIXES = tuple(sorted(read._READERS))
_HEAVY = (
    b"\x00",
    b"\xff",
    b"\n",
    b"\r",
    b"\x1b",
    b"\xe2\x80\xa8",
    b"\xef\xbb\xbf",
    b"\xed\xa0\x80",
    b"\xf0\x9f\x91\xa8",
    b"&#x0;",
    b"&a;",
)


class TooLong(BaseException):
    """A case took more than `LIMIT` seconds; not an `Exception`, so that nothing on the way catches it."""


class Case(NamedTuple):
    """What a case is made of, as it can be kept: the bytes of a file or a command line, and its suffix."""

    data: bytes
    suffix: str


def files(chance: Random) -> Case:
    """Return a file of any format: whole, damaged, spliced with another, repeated, or in a mixture of encodings."""
    data, suffix = _base(chance)
    for _ in range(chance.choice((0, 1, 1, 1, 2))):
        data = chance.choice((damaged, damaged, _spliced, _repeated, _mixed, _replaced, _cut))(chance, data)
    other = chance.choice(_SUFFIXES)
    return Case(data, suffix if chance.random() < 0.8 else other)


def _base(chance: Random) -> tuple[bytes, str]:
    if chance.random() < 0.3:
        form = chance.choice(FORMS)
        return form.text.encode(), ".md" if form.markdown else ".txt"
    file = made(chance)
    return file.data, file.suffix


def _spliced(chance: Random, data: bytes) -> bytes:
    other = _base(chance)[0]
    return data[: chance.randrange(len(data) + 1)] + other[chance.randrange(len(other) + 1) :]


def _repeated(chance: Random, data: bytes) -> bytes:
    at = chance.randrange(len(data) + 1)
    part = data[at : at + chance.choice((1, 3, 6, 20, 100, 1000))]
    times = min(chance.choice((2, 10, 100, 3000, 50_000)), SHORT // max(len(part), 1))
    return data[:at] + part * times + data[at:]


def _mixed(chance: Random, data: bytes) -> bytes:
    """Return text of which the second part is in another encoding."""
    text = data.decode("utf-8", errors="replace")
    at = chance.randrange(len(text) + 1)
    one, other = chance.sample(_ENCODINGS, 2)
    return text[:at].encode(one, errors="replace") + text[at:].encode(other, errors="replace")


def _replaced(chance: Random, data: bytes) -> bytes:
    at = chance.randrange(len(data) + 1)
    return data[:at] + chance.choice(_HEAVY) * chance.choice((1, 1, 5, 200)) + data[at + chance.choice((0, 1, 4)) :]


def _cut(chance: Random, data: bytes) -> bytes:
    one, other = sorted(chance.randrange(len(data) + 1) for _ in range(2))
    return chance.choice((data[:one], data[one:], data[one:other], data[:one] + data[other:]))


def run_file(case: Case) -> str:
    """Read, parse, enrich a file, and make its documents; return what became of it."""
    found = items(case.data, case.suffix)
    check(found)
    words = everything(found)
    scripts = [item for item in found if isinstance(item, Script)]
    _hold_text(case, scripts)
    interviews = [_parsed(script) for script in scripts] + [item for item in found if isinstance(item, Interview)]
    for interview in interviews:
        _index(interview)
    if any(isinstance(item, ReadingError) for item in found):
        return "files with errors"
    return "files read" if words else "files without words"


def _hold_text(case: Case, scripts: list[Script]) -> None:
    """Hold a text that is read as plain text to its characters."""
    if case.suffix not in (".txt", ".text") or len(scripts) != 1:
        return
    try:
        text = case.data.decode("utf-8")
    except UnicodeDecodeError:
        return
    from indexer.readers import sniff
    from indexer.readers.formats.text import _chat
    from indexer.readers.timestamped_text import with_times
    from tests.support.sources import source

    plain_text = sniff.detect_format(source(case.data, case.suffix), read._SUPPORTED).suffix in (".txt", ".text")
    text = text.removeprefix("\ufeff")
    if not plain_text or markdown.is_markdown(text) or _chat(text):
        return
    from indexer.readers.script import split_lines

    lines = with_times(split_lines(text))
    kept = Counter[str]()
    for line in scripts[0].lines:
        kept += visible(line.text)
    if not any(line.kind == "translation" for line in scripts[0].lines):  # marks of languages are taken off
        assert kept == visible("".join(line.text for line in lines)), "words of a text are lost"


def _parsed(script: Script) -> Interview:
    """Parse a script; hold its turns and notes to the words that are classified as such."""
    from indexer.parser.parse import explain
    from indexer.parser.trace import SPOKEN

    interview, pieces = explain(script)
    if not script.corrections:
        spoken = visible("".join(piece.text for piece in pieces if piece.line_class in SPOKEN))
        assert spoken == visible("".join(turn.text for turn in interview.turns)), "turns are not what is spoken"
        noted = visible("".join(piece.text for piece in pieces if piece.is_note))
        assert noted == visible("".join(note for turn in interview.turns for note in turn.notes)), "notes are lost"
    return interview


def _index(interview: Interview) -> None:
    from dataclasses import replace

    from indexer.enrich.enrich import load_knowledge
    from indexer.indexing.interviews import source_info
    from indexer.indexing.plan import Load
    from indexer.indexing.prepare import prepare_completely

    interview = replace(interview, id=interview.id or "a")
    origin = source_info(interview, source="a", path="a", hash_="", fingerprint="", part=1, parts=1, overrides=())
    prepare_completely(Load(interview, origin), load_knowledge(Settings(data=sample_data())))


def queries(chance: Random) -> Case:
    """Return a command line."""
    return Case("\0".join(arguments(chance)).encode("utf-8", "surrogateescape"), "")


def run_query(case: Case) -> str:
    """Run a command line in this process, as the shell does; return its exit code."""
    from search_cli.app import main

    typed = case.data.decode("utf-8", "surrogateescape").split("\0")
    out, err = (io.TextIOWrapper(io.BytesIO(), encoding="utf-8", write_through=True) for _ in range(2))
    before, sys.argv = sys.argv, ["fangtan", *typed]
    try:
        with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
            main()
        raise AssertionError("main returned")
    except SystemExit as ended:
        code = ended.code
    finally:
        sys.argv = before
    assert code in (0, 1, 2, 3), f"exit code {code}"
    for stream in (out, err):
        stream.seek(0)
        printed = stream.read()
        assert "Traceback" not in printed, printed
        raw = [line for line in printed.split("\n") if plain(line) != line]
        assert not raw, f"raw: {raw[0]!r}"
    return f"command lines with exit code {code}"


_KNOWLEDGE = {
    "a.toml": 'title = "甲"\ndate = 2013-08-02\nauthors = ["甲", "乙"]\nguests = [{name = "丙", affiliation = "丁"}]\n'
    "corrections = '''\n发言人2 = 王敏\nline 2: 李华\nleave out 3-4\n'''\n",
    "words.txt": "红米手机 5 n\n量子力學 nr\n# 一\n小米\n",
    "topics.toml": '[topics]\n社交 = ["朋友", "空间"]\n',
    "speakers.toml": '[speakers."郑志昊"]\naliases = ["郑总"]\naffiliation = "腾讯"\n',
    "synonyms.txt": "腾讯 鹅厂\n小米, 小米公司\n",
}


def knowledge(chance: Random) -> Case:
    """Return a sidecar or a file of what the archive knows, damaged; that of the samples, or a short one."""
    name = chance.choice(sorted(_KNOWLEDGE))
    own = sample_data() / name
    data = own.read_bytes() if own.is_file() and chance.random() < 0.4 else _KNOWLEDGE[name].encode()
    for _ in range(chance.choice((1, 1, 2, 3))):
        data = chance.choice((damaged, damaged, _repeated, _mixed, _replaced, _cut, _nested))(chance, data)
    return Case(data, name)


def _nested(chance: Random, data: bytes) -> bytes:
    at = chance.randrange(len(data) + 1)
    return (
        data[:at] + chance.choice((b"[", b"{a=", b'"', b"'''", b"a.", b"(")) * chance.choice((3, 100, 5000)) + data[at:]
    )


def run_knowledge(case: Case) -> str:
    """Read a sidecar with its transcript, or a file of knowledge; return what became of it."""
    from indexer.enrich import speakers
    from indexer.enrich.topics import Topics
    from indexer.text.analysis import Analyzer
    from search_cli.query import synonyms

    readers: dict[str, Callable[[Path], object]] = {
        "words.txt": lambda path: Analyzer(path).analyze("红米手机"),
        "topics.toml": Topics.load,
        "speakers.toml": speakers.load,
        "synonyms.txt": synonyms.load,
    }
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / case.suffix
        path.write_bytes(case.data)
        transcript = Path(folder) / "a.txt"
        transcript.write_text("问：好吗？\n发言人2：好。\n问：嗯？\n发言人2：嗯。\n", encoding="utf-8")
        if case.suffix == "a.toml":
            found = list(read.read(transcript))
            everything(found)
            refused = any(isinstance(item, ReadingError) for item in found)
            return "sidecars refused" if refused else "sidecars read"
        try:
            readers[case.suffix](path)
        except FangtanError:
            return "files of knowledge refused"
        return "files of knowledge read"


KINDS: dict[str, tuple[Callable[[Random], Case], Callable[[Case], str]]] = {
    "files": (files, run_file),
    "queries": (queries, run_query),
    "knowledge": (knowledge, run_knowledge),
}

_OFTEN = {"files": 6, "queries": 2, "knowledge": 2}
"""How often a kind is chosen: a command line takes ten times as long as a file."""


def fault(kind: str, seed: int) -> tuple[str, Case, str]:
    """Run one case; return what became of it, the case, and what went wrong, "" if nothing did."""
    make, run = KINDS[kind]
    case = make(Random(seed))
    try:
        with _limited(LIMIT):
            return run(case), case, ""
    except TooLong:
        return "too long", case, f"took more than {LIMIT} s"
    except BaseException as error:
        if isinstance(error, KeyboardInterrupt):
            raise
        return "faults", case, "".join(traceback.format_exception(error)[-12:])


@contextlib.contextmanager
def _limited(seconds: int) -> Iterator[None]:
    """Raise `TooLong` in what takes more seconds of the processor."""

    def stop(number: int, frame: FrameType | None) -> None:
        raise TooLong

    before = signal.signal(signal.SIGVTALRM, stop)
    signal.setitimer(signal.ITIMER_VIRTUAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
        signal.signal(signal.SIGVTALRM, before)


def _keep(folder: Path, kind: str, seed: int, case: Case) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    (folder / f"{kind}-{seed}{case.suffix or '.arguments'}").write_bytes(case.data)


def main() -> int:
    """Run cases until the minutes are over; print each fault once, then how many of what there were."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0], prog="python -m tests.trials.fuzz")
    parser.add_argument("minutes", type=float, nargs="?", default=10.0)
    parser.add_argument("kinds", nargs="*", choices=[*KINDS, []], default=[])
    parser.add_argument("--seed", type=int, default=SystemRandom().randrange(10**9))
    parser.add_argument("--case", type=int, help="run the case of this seed only, and print its traceback")
    parser.add_argument("--keep", type=Path, default=Path(tempfile.gettempdir()) / "fangtan-fuzz")
    options = parser.parse_args()
    kinds = options.kinds or [*KINDS]
    os.environ.setdefault("COLUMNS", "80")
    if options.case is not None:
        print(fault(kinds[0], options.case)[2] or "nothing went wrong")
        return 0
    print(f"seed {options.seed}", flush=True)
    chance, began, seen = Random(options.seed), time.monotonic(), set[str]()
    counts = Counter[str]()
    while time.monotonic() - began < 60 * options.minutes:
        kind, seed = chance.choices(kinds, [_OFTEN[kind] for kind in kinds])[0], chance.randrange(10**12)
        became, case, wrong = fault(kind, seed)
        counts[became] += 1
        if wrong and (place := wrong.strip().splitlines()[-3:]) and (key := "\n".join(place)) not in seen:
            seen.add(key)
            _keep(options.keep, kind, seed, case)
            print(f"{kind} --case {seed}, in {options.keep}:\n{wrong}", flush=True)
    for became, count in sorted(counts.items()):
        print(f"{count:>9,} {became}")
    print(f"{counts.total():>9,} in all, {len(seen)} different faults")
    return int(bool(seen))


if __name__ == "__main__":
    sys.exit(main())
