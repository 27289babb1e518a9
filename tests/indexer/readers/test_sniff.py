"""Detection of formats by content, and when the suffix decides."""

import io
import time
from pathlib import Path

import pytest

from indexer.errors import ReadingError
from indexer.readers import discover, read, sniff
from indexer.readers.script import Script
from tests.support.sources import packed, source

TALK = "问：好吗？\n答：好。\n"
PAGE = "<!DOCTYPE html>\n<html><body><p>问：好吗？</p></body></html>"
SRT = "1\n00:00:01,000 --> 00:00:02,000\n问：好吗？\n"
TEXTGRID = 'File type = "ooTextFile"\nObject class = "TextGrid"\n\nxmin = 0\n'
DEBATE = (
    '<?xml version="1.0"?><akomaNtoso xmlns="http://docs.oasis-open.org/legaldocml/ns/akn/3.0"><debate/></akomaNtoso>'
)


def suffix(data: bytes | str, given: str) -> str:
    return read.detect_format(source(data, given)).suffix


@pytest.mark.parametrize(
    ("data", "found"),
    [
        (PAGE, ".html"),
        (PAGE.encode("utf-16"), ".html"),
        (b"\xef\xbb\xbf" + PAGE.encode(), ".html"),
        ("<!-- saved -->\n" + PAGE, ".html"),
        ('<?xml version="1.0"?>\n<html xmlns="http://www.w3.org/1999/xhtml"></html>', ".html"),
        ("WEBVTT\n\n00:01.000 --> 00:02.000\n好\n", ".vtt"),
        (SRT, ".srt"),
        (SRT.replace("\n", "\r\n"), ".srt"),
        (DEBATE, ".xml"),
        (TEXTGRID, ".textgrid"),
        (TEXTGRID.encode("utf-16"), ".textgrid"),
        ('"Praat chronological TextGrid text file"\n0 1\n', ".textgrid"),
        ('<?xml version="1.0"?>\n<ANNOTATION_DOCUMENT AUTHOR="">', ".eaf"),
        ("<!-- (c) -->\n<basic-transcription>", ".exb"),
        ('<?xml version="1.0"?>\n<!DOCTYPE Trans SYSTEM "trans-14.dtd">\n<Trans scribe="x">', ".trs"),
        ('<TEI xmlns="http://www.tei-c.org/ns/1.0">', ".tei"),
        ("<TEI.2><teiHeader/>", ".tei"),
        ('<tt:tt xmlns:tt="http://www.w3.org/ns/ttml">', ".ttml"),
        ('<?xml version="1.0"?><transcript><text start="0" dur="1">好</text>', ".ttml"),
        ("@UTF8\n@Begin\n@Languages:\tzho\n", ".cha"),
        ("@UTF8\r\n@PID:\t1\r\n@Begin\r\n", ".cha"),
        ("[ti:慢车]\n[00:01.00]好。\n", ".lrc"),
        ('{"segments": []}', ".json"),
        ('[\n  {\n "text": "好"}]', ".json"),
        ('{"turns": [{"text": "好"}]}\n{"turns": [{"text": "好"}]}\n', ".jsonl"),
        (b"%PDF-1.7\n", ".pdf"),
        (packed({"word/document.xml": "<a/>"}), ".docx"),
        (packed({"META-INF/container.xml": "<a/>"}), ".epub"),
        (packed({"talk.txt": TALK}), ".zip"),
    ],
)
def test_content_that_tells_its_format_is_believed_whatever_the_suffix(data: bytes | str, found: str) -> None:
    suffixes = ("", ".txt", ".log", ".html", ".json", ".md", ".csv")
    assert {given: suffix(data, given) for given in suffixes} == dict.fromkeys(suffixes, found)


@pytest.mark.parametrize(
    ("data", "given", "found"),
    [
        (TALK, ".txt", ".txt"),
        (TALK, "", ""),
        (TALK, ".md", ".md"),
        (TALK, ".html", ".txt"),  # nothing in it is mark-up
        (TALK, ".json", ".txt"),
        (TALK, ".xml", ".txt"),
        (TALK, ".录音", ""),
        ("<p>问：好吗？</p><p>答：好。</p><br>", ".txt", ".html"),
        ("<p>问：好吗？</p>", ".html", ".html"),
        ("", ".html", ".html"),
        ('{"turns": []}', ".jsonl", ".jsonl"),
        (TALK, ".eaf", ".txt"),
        ("<transcript><turn>好</turn></transcript>", ".xml", ".xml"),
        ("<tt>好</tt>", ".html", ".html"),
        (TALK, ".lrc", ".lrc"),
    ],
)
def test_the_suffix_is_believed_where_the_content_can_be_it(data: str, given: str, found: str) -> None:
    assert suffix(data, given) == found


@pytest.mark.parametrize(
    "text",
    [
        "[主持人] 大家好。\n[记者] 您好。",
        "[[主持人]]：大家好。",
        "{笑} 好。",
        "1\n问：好吗？",
        "问：用 <br> 换行吗？\n答：用 <p>。</p></p></p>",  # about mark-up, not in it
        "我们用HTML：<html>",
        "WEB 时代",
        "[00:01.00]王丽：大家好\n[00:02.00]何苗：好\n",
        "[ti:慢车]是一首歌。",
        "@Begin 是什么？\n",
        '"ooTextFile" 是什么？',
        "PK\n甲队胜。",
    ],
)
def test_text_that_only_looks_like_a_format_stays_text(text: str) -> None:
    assert suffix(text, ".txt") == ".txt"


@pytest.mark.parametrize(
    ("data", "reason", "step"),
    [
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(100), "old Word document", ".docx"),
        (b"\x1f\x8b\x08", "gzip", "gunzip"),
        (b"7z\xbc\xaf\x27\x1c", "7z", "Unpack"),
        (b"Rar!\x1a\x07\x00", "RAR", "Unpack"),
        (b"\xff\xd8\xff\xe0\x00\x10JFIF", "image", "Transcribe"),
        (b"ID3\x03\x00", "audio", "Transcribe"),
        (b"\x00\x00\x00\x18ftypmp42", "video file", "Transcribe"),
        (packed({"ppt/presentation.xml": "<a/>"}), "slides", ".docx"),
    ],
)
@pytest.mark.parametrize("given", [".txt", ".doc", ".docx"])
def test_what_is_not_read_is_told_with_what_to_do(data: bytes, reason: str, step: str, given: str) -> None:
    with pytest.raises(ReadingError, match=reason) as caught:
        sniff.detect_format(source(data, given), frozenset({".txt", ".docx"}))
    assert step in caught.value.next_step


@pytest.mark.parametrize("piece", ["<!-- -->", "<!--", "<!-- -->\n", "-->", "{", "<p", "1\n", " ", "<?xml ", "[{"])
def test_looking_at_a_file_takes_no_time_whatever_is_in_it(piece: str) -> None:
    before = time.process_time()
    suffix(piece * 100_000, ".txt")
    assert time.process_time() - before < 0.5


def test_standard_input_is_read_by_content(monkeypatch: pytest.MonkeyPatch) -> None:
    for data, expected in (
        (PAGE.encode(), "问：好吗？"),
        (packed({"a.txt": TALK}), "问：好吗？"),
        (SRT.encode(), "问：好吗？"),
    ):
        monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(data)))
        (item,) = read.read(Path("-"))
        assert isinstance(item, Script)
        assert item.lines[0].text == expected


def test_a_pipe_named_outright_is_read_once(tmp_path: Path) -> None:
    import os
    import threading

    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    writer = threading.Thread(target=pipe.write_text, args=(PAGE,))
    writer.start()
    (item,) = read.read(pipe)
    writer.join()
    assert isinstance(item, Script)
    assert [line.text for line in item.lines] == ["问：好吗？"]


def test_a_pipe_in_a_folder_is_passed_over(tmp_path: Path) -> None:
    import os

    os.mkfifo(tmp_path / "pipe.txt")
    assert list(discover.walk([tmp_path])) == []


def test_an_old_word_document_in_a_folder_is_told_not_passed_over(tmp_path: Path) -> None:
    (tmp_path / "talk.doc").write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(100))
    (found,) = discover.walk([tmp_path])
    (error,) = read.read(found.path)
    assert isinstance(error, ReadingError)
    assert "save it as .docx" in error.next_step


def test_a_page_saved_as_doc_is_read(tmp_path: Path) -> None:
    (tmp_path / "talk.doc").write_text(PAGE, encoding="utf-8")
    (item,) = read.read(tmp_path / "talk.doc")
    assert isinstance(item, Script)
