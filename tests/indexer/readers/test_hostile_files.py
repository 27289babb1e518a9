"""Hostile files: one line on standard error each, in bounded memory and time, and the rest is read."""

import os
import socket
import subprocess
import sys
import tempfile
import time
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from indexer.errors import ReadingError
from indexer.parser.parse import explain
from indexer.readers import discover, read
from indexer.readers.script import Script
from indexer.readers.source import MAX_BYTES
from indexer.readers.unread import find_unread
from indexer.report import NO_FILE
from tests.support.pdf_files import of_pages
from tests.support.sources import encrypted, items, packed
from tests.support.word_files import of_paragraphs

ROOT = Path(__file__).parents[3]
GOOD = "问：好吗？\n答：好。\n"
LAUGHS = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 12))
ENTITIES = f'<!DOCTYPE a [<!ENTITY l0 "ha">{LAUGHS}]>'
LONGEST = 15  # seconds on a busy machine; each takes less than one on an idle one

PART = b"--b\nContent-Type: text/plain\n\nx\n"
HOSTILE: dict[str, Callable[[], bytes]] = {
    "laughs.xml": f"{ENTITIES}<a><p>好&l11;</p></a>".encode,
    "deep.json": lambda: b"[" * 5_000_000,
    "closed.json": lambda: b"[" * 2_000_000 + b"]" * 2_000_000,
    "objects.json": lambda: b"[" + b'{"text":"a"},' * 2_000_000 + b"{}]",
    "deep.html": lambda: b"<html>" + b"<div>" * 1_000_000,
    "tags.html": lambda: b"<html>" + b"<p>a" * 5_000_000,
    "deep.xml": lambda: b"<a>" * 1_000_000,
    "tags.xml": lambda: b"<a>" + b"<p/>" * 5_000_000 + b"</a>",
    "lines.txt": lambda: b"a\n" * 20_000_000,
    "colons.txt": lambda: "问：好。".encode() * 2_000_000,
    "colons.md": lambda: "**问：**好。".encode() * 2_000_000,
    "colons.html": lambda: b"<html><p>" + "问：好。".encode() * 2_000_000,
    "binary.txt": lambda: bytes(range(256)) * 4096,
    "zeros.txt": lambda: bytes(1_000_000),
    "random.txt": lambda: os.urandom(1_000_000),
    "bomb.zip": lambda: packed({"a.txt": bytes(50_000_000)}),
    "bomb.docx": lambda: packed({"word/document.xml": b"<a>" + b" " * 50_000_000}),
    "bomb.epub": lambda: packed({"META-INF/container.xml": b"<a>" + b" " * 50_000_000}),
    "bomb.odt": lambda: packed({"content.xml": b"<a>" + b" " * 50_000_000}),
    "bomb.xlsx": lambda: packed({"xl/workbook.xml": b"<a>" + b" " * 50_000_000}),
    "deep.fodt": lambda: b"<a>" * 1_000_000,
    "groups.rtf": lambda: b"{\\rtf1 " + b"{" * 1_000_000,
    "words.rtf": lambda: b"{\\rtf1 " + b"\\b a" * 8_000_000,
    "parts.eml": lambda: b"MIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=b\n\n" + PART * 200_000,
    "secret.zip": lambda: encrypted(packed({"a.txt": GOOD})),
    "cut.docx": lambda: of_paragraphs(*["问：好吗？"] * 100)[:-500],
    "cut.zip": lambda: packed({"a.txt": GOOD * 100})[:-30],
    "empty.pdf": lambda: of_pages([]),
    "cut.pdf": lambda: b"%PDF-1.7\n" + os.urandom(10_000),
    "old.doc": lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(1000),
    "picture.txt": lambda: b"\x89PNG\r\n\x1a\n" + os.urandom(1000),
    "\x1b[31m红\n行.txt": lambda: bytes(1000),
}


@pytest.mark.slow
@pytest.mark.parametrize("name", HOSTILE)
def test_it_is_one_error_in_bounded_time(name: str, tmp_path: Path) -> None:
    path = tmp_path / name
    path.write_bytes(HOSTILE[name]())
    before = time.perf_counter()
    (error,) = read.read(path)
    assert isinstance(error, ReadingError)
    assert error.reason
    assert "\n" not in error.reason
    assert time.perf_counter() - before < LONGEST


PIECES = (
    "a",
    "好",
    "\u200b",
    " ",
    "　",
    "\t",
    "。",
    "“",
    "（",
    "【",
    "[",
    "*",
    "_",
    "#",
    ">",
    "-",
    "1",
    ".",
    "|",
    "`",
    "<",
    "&",
)


@pytest.mark.slow
@pytest.mark.parametrize(
    "piece", [*PIECES, "我们今天来谈这个问题。", "we say ", "00:01 ", "2013年8月2日", "http://a.b/c", "[a](b)"]
)
@pytest.mark.parametrize("suffix", [".txt", ".md"])
def test_one_line_of_half_a_megabyte_is_read_and_parsed_in_proportion(piece: str, suffix: str, tmp_path: Path) -> None:
    path = tmp_path / f"line{suffix}"
    path.write_text(piece * (500_000 // len(piece.encode())), encoding="utf-8")
    before = time.process_time()
    for item in read.read(path):
        if isinstance(item, Script):
            explain(item)
    # each takes less than 1 s; in proportion to the square, half an hour
    assert time.process_time() - before < LONGEST / 4


def test_entities_of_a_page_are_not_expanded(tmp_path: Path) -> None:
    path = tmp_path / "laughs.html"
    path.write_text(f"<!DOCTYPE html>{ENTITIES}<html><body><p>好&l11;</p></body></html>", encoding="utf-8")
    (item,) = read.read(path)
    assert isinstance(item, Script)
    assert sum(len(line.text) for line in item.lines) < 1000


def memory_and_message(path: Path, tmp_path: Path) -> tuple[int, str]:
    """Return the megabytes at most that `fangtan parse` takes for a file, and what it says on standard error."""
    code = (
        "import sys\nfrom search_cli.app import main\nsys.argv = ['fangtan', 'parse', sys.argv[1]]\n"
        "try:\n    main()\nfinally:\n"
        # not ru_maxrss: that begins with what the process that started this one held, here the whole test run
        "    peak = [line for line in open('/proc/self/status') if line.startswith('VmHWM')]\n"
        "    print(int(peak[0].split()[1]) // 1024)"
    )
    environment = {**os.environ, "HOME": str(tmp_path), "XDG_CONFIG_HOME": str(tmp_path), "COLUMNS": "400"}
    ran = subprocess.run(
        [sys.executable, "-c", code, str(path)], capture_output=True, text=True, cwd=ROOT, env=environment, timeout=120
    )
    assert "Traceback" not in ran.stderr
    assert ran.returncode == 1
    return int(ran.stdout.split()[-1]), ran.stderr


def is_one_error(told: str) -> bool:
    """Tell whether one error and its next step were printed, each folded to the width of the page or not."""
    heads = [line[:5] for line in told.splitlines() if not line.startswith("   ")]
    return heads in (["Error"], ["Error", "Try: "])


@pytest.mark.slow
@pytest.mark.parametrize("name", ["laughs.xml", "objects.json", "bomb.docx", "secret.zip", "\x1b[31m红\n行.txt"])
def test_parse_tells_it_in_a_line(name: str, tmp_path: Path) -> None:
    path = tmp_path / name
    path.write_bytes(HOSTILE[name]())
    memory, told = memory_and_message(path, tmp_path)
    assert is_one_error(told)
    assert "\x1b" not in told
    assert memory < 400


@pytest.fixture(scope="module")
def two_hundred_megabytes(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A file of as many on one line."""
    path = tmp_path_factory.mktemp("long") / "long"
    with path.open("wb") as file:
        for _ in range(200):
            file.write(b"a" * 2**20)
    return path


@pytest.mark.slow
@pytest.mark.parametrize("suffix", [".txt", ".jsonl", ".html", ".json", ".xml", ".csv", ".srt"])
def test_two_hundred_megabytes_on_one_line_are_told_and_never_held(
    suffix: str, two_hundred_megabytes: Path, tmp_path: Path
) -> None:
    path = tmp_path / f"long{suffix}"
    path.hardlink_to(two_hundred_megabytes)
    memory, told = memory_and_message(path, tmp_path)
    assert f"longer than {MAX_BYTES // 2**20} MB" in told or f"larger than {MAX_BYTES // 2**20} MB" in told
    assert is_one_error(told)
    assert memory < 350


def test_a_line_too_long_of_json_lines_is_passed_over_and_the_next_is_read(tmp_path: Path) -> None:
    path = tmp_path / "long.jsonl"
    with path.open("wb") as file:
        file.write('{"turns": [{"text": "一"}]}\n'.encode())
        for _ in range(MAX_BYTES // 2**20 + 3):
            file.write(b"a" * 2**20)
        file.write('\n{"turns": [{"text": "三"}]}\n'.encode())
    first, error, last = read.read(path)
    assert isinstance(error, ReadingError)
    assert error.line == 2
    assert not isinstance(first, ReadingError)
    assert not isinstance(last, ReadingError)


def test_a_folder_of_all_of_them_is_walked_to_its_end(tmp_path: Path) -> None:
    small = [
        name for name in HOSTILE if name.partition(".")[0] in ("binary", "secret", "cut", "old", "picture", "zeros")
    ]
    for name in small:
        (tmp_path / name).write_bytes(HOSTILE[name]())
    (tmp_path / "zz.txt").write_text(GOOD, encoding="utf-8")
    (tmp_path / "loop.txt").symlink_to(tmp_path / "loop.txt")
    (tmp_path / "gone.txt").symlink_to(tmp_path / "nowhere.txt")
    (tmp_path / "again").symlink_to(tmp_path, target_is_directory=True)
    found = list(discover.walk([tmp_path]))
    by_name = {one.path.name: list(read.read(one.path)) for one in found}
    assert sorted(by_name) == sorted([*small, "gone.txt", "loop.txt", "zz.txt"])
    for name, read_items in by_name.items():
        assert len(read_items) == 1
        assert isinstance(read_items[0], Script if name == "zz.txt" else ReadingError)


@pytest.mark.skipif(os.geteuid() == 0, reason="root reads everything")
def test_what_may_not_be_read_is_told(tmp_path: Path) -> None:
    for name in ("a.txt", "a.docx", "a.zip", "a.json", "a.pdf"):
        (tmp_path / name).write_bytes(b"x")
        (tmp_path / name).chmod(0)
        (error,) = read.read(tmp_path / name)
        assert isinstance(error, ReadingError)
        assert "Permission denied" in error.reason


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can be somebody else")
def test_what_somebody_else_may_not_read_is_told() -> None:
    names = ("a.txt", "a.docx", "a.zip", "a.json", "a.pdf", "a.jsonl")
    with tempfile.TemporaryDirectory(dir="/tmp") as folder:
        Path(folder).chmod(0o755)
        for name in names:
            list(read.read(Path(folder, name)))  # what reading brings in is there before the right to read it is gone
            Path(folder, name).write_bytes(b"x")
            Path(folder, name).chmod(0)
        os.seteuid(65534)
        try:
            found = [list(read.read(Path(folder, name))) for name in names]
        finally:
            os.seteuid(0)
    assert [[str(error) for error in one if isinstance(error, ReadingError)] for one in found] == [
        [f"{folder}/{name}: Permission denied"] for name in names
    ]


@pytest.mark.parametrize("name", ["a.txt", "a.zip", "a.jsonl", "a.docx"])
def test_a_file_that_is_gone_when_it_is_read_is_told(name: str, tmp_path: Path) -> None:
    (tmp_path / name).write_bytes(b"x")
    (found,) = discover.walk([tmp_path])
    found.path.unlink()
    (error,) = read.read(found.path)
    assert isinstance(error, ReadingError)
    assert error.reason == "No such file or directory"


def test_a_file_that_grows_while_it_is_read_ends(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    path.write_text('{"turns": [{"text": "一"}]}\n', encoding="utf-8")
    seen = 0
    for _ in read.read(path):
        seen += 1
        if seen < 50:
            with path.open("a", encoding="utf-8") as file:
                file.write('{"turns": [{"text": "又"}]}\n')
    assert seen == 50


def test_pipes_devices_and_sockets_of_a_folder_are_left_out(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    os.mkfifo(tmp_path / "pipe.txt")
    with socket.socket(socket.AF_UNIX) as server:
        monkeypatch.chdir(tmp_path)
        server.bind("socket.txt")  # a whole path may be longer than the 108 bytes there are
        (tmp_path / "zero.txt").symlink_to("/dev/zero")
        (tmp_path / "link.txt").symlink_to("pipe.txt")
        assert list(discover.walk([tmp_path], follow_links=True)) == []
        (told,) = find_unread([tmp_path], follow_links=True)
        reasons = [next(read.read(Path(name))) for name in ("zero.txt", "socket.txt")]
    assert (told.kind, told.count) == (NO_FILE, 4)
    assert [str(error) for error in reasons] == [
        "zero.txt: it is a device, not a file",
        "socket.txt: it is a socket, not a file",
    ]


def test_a_bomb_inside_an_archive_is_told_and_the_rest_is_read() -> None:
    document = packed({"word/document.xml": b"<a>" + b" " * 50_000_000, "[Content_Types].xml": "<a/>"})
    bombs: dict[str, bytes | str] = {"a.zip": packed({"a.txt": bytes(50_000_000)}), "b.docx": document, "c.txt": GOOD}
    first, second, last = items(packed(bombs, zipfile.ZIP_STORED), ".zip")
    assert isinstance(first, ReadingError)
    assert isinstance(second, ReadingError)
    assert isinstance(last, Script)
