"""Which recording is that of a transcript."""

from pathlib import Path

import pytest

from indexer.indexing import transcript
from indexer.readers import recordings
from indexer.readers.file_hash import digest
from indexer.readers.unread import find_unread
from indexer.settings import Settings


def write(folder: Path, *names: str) -> None:
    for name in names:
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(b"x")


@pytest.mark.parametrize(
    ("transcript", "recording"),
    [
        ("talk.srt", "talk.mp3"),
        ("访谈.txt", "访谈.M4A"),
        ("talk.zh-Hans.vtt", "talk.mp3"),
        ("film.mp4.srt", "film.mp4"),
        ("film.chs.ass", "film.mp4"),
        ("both.txt", "both.wav"),
        ("talk.part2.txt", ""),
        ("other.txt", ""),
        (".hidden.txt", ""),
    ],
)
def test_it_has_the_name_of_the_transcript(transcript: str, recording: str, tmp_path: Path) -> None:
    write(tmp_path, transcript, "talk.mp3", "访谈.M4A", "film.mp4", "both.mp4", "both.wav", "other.pdf", ".hidden.mp3")
    assert recordings.beside(tmp_path / transcript) == recording
    expected = str(tmp_path / recording) if recording else ""
    assert recordings.located("", tmp_path / transcript) == expected


@pytest.mark.parametrize(
    ("written", "found"),
    [
        ("audio/a.mp3", "audio/a.mp3"),
        ("./audio/../audio/a.mp3", "audio/a.mp3"),
        ("file:///C:/Users/li/b.wav", "b.wav"),
        ("D:\\录音\\b.wav", "b.wav"),
        ("/Volumes/li/b.wav", "b.wav"),
        ("b", "b.wav"),
        ("gone/c.mp3", "talk.mp3"),
        ("b.exe", "talk.mp3"),
        ("javascript:alert(1)", "talk.mp3"),
        ("//server/share/x.mp3", "talk.mp3"),
    ],
)
def test_one_that_is_named_is_found_from_the_folder_of_the_transcript(written: str, found: str, tmp_path: Path) -> None:
    write(tmp_path, "talk.txt", "talk.mp3", "audio/a.mp3", "b.wav")
    assert recordings.located(written, tmp_path / "talk.txt") == str(tmp_path / found)


def test_one_that_is_named_and_not_there_is_kept(tmp_path: Path) -> None:
    write(tmp_path, "talk.txt")
    assert recordings.located("../a/b.mp3", tmp_path / "talk.txt") == str(tmp_path.parent / "a/b.mp3")
    assert recordings.located("https://a.cn/x", tmp_path / "talk.txt") == "https://a.cn/x"
    assert recordings.located("b", tmp_path / "talk.txt") == ""


def test_transcripts_of_one_file_have_no_recording_of_its_name(tmp_path: Path) -> None:
    write(tmp_path, "talks.zip", "talks.mp3")
    assert recordings.located("", tmp_path / "talks.zip", alone=False) == ""


def test_a_recording_that_comes_later_makes_the_transcript_another(tmp_path: Path) -> None:
    write(tmp_path, "talk.txt")
    before = digest(tmp_path / "talk.txt")
    write(tmp_path, "other.mp3")
    assert digest(tmp_path / "talk.txt") == before
    write(tmp_path, "talk.mp3")
    assert digest(tmp_path / "talk.txt") != before


def test_recordings_that_transcripts_use_are_not_unread(tmp_path: Path) -> None:
    write(tmp_path, "talk.zh.srt", "talk.mp4", "talk.mp3", "a/named.mp3", "a/lone.mp3")
    (found,) = find_unread([tmp_path], used=lambda paths: {one for one in paths if one.endswith("/named.mp3")})
    assert found.paths == ((tmp_path / "a/lone.mp3").as_posix(),)


EAF = """<?xml version="1.0" encoding="UTF-8"?>
<ANNOTATION_DOCUMENT><HEADER TIME_UNITS="milliseconds">
<MEDIA_DESCRIPTOR MEDIA_URL="file:///C:/Users/li/river.wav" MIME_TYPE="audio/x-wav" {relative}/></HEADER>
<TIME_ORDER><TIME_SLOT TIME_SLOT_ID="t1" TIME_VALUE="1000"/>
<TIME_SLOT TIME_SLOT_ID="t2" TIME_VALUE="2000"/></TIME_ORDER>
<TIER TIER_ID="罗阿水"><ANNOTATION><ALIGNABLE_ANNOTATION ANNOTATION_ID="a1" TIME_SLOT_REF1="t1" TIME_SLOT_REF2="t2">
<ANNOTATION_VALUE>渡口的水涨了。</ANNOTATION_VALUE></ALIGNABLE_ANNOTATION></ANNOTATION></TIER></ANNOTATION_DOCUMENT>
"""
TRS = """<?xml version="1.0"?><Trans audio_filename="river" program="夜航">
<Speakers><Speaker id="s" name="罗阿水"/></Speakers>
<Episode><Section type="report" startTime="0" endTime="2">
<Turn speaker="s" startTime="0" endTime="2"><Sync time="0"/>水涨了。
</Turn></Section></Episode></Trans>"""
CHA = "@UTF8\n@Begin\n@Participants:\tLUO Luo Participant\n@Media:\triver, audio\n*LUO:\t水 涨 了 .\n@End\n"
EXB = """<?xml version="1.0"?><basic-transcription><head><meta-information>
<referenced-file url="river.wav"/></meta-information>
</head><basic-body><common-timeline><tli id="T0" time="0"/><tli id="T1" time="2"/></common-timeline>
<tier id="t" category="v" type="t"><event start="T0" end="T1">水涨了。</event></tier>
</basic-body></basic-transcription>"""
TEI = """<TEI><teiHeader><fileDesc><titleStmt><title>水</title></titleStmt><sourceDesc><recordingStmt><recording>
<media mimeType="audio/wav" url="river.wav"/></recording></recordingStmt></sourceDesc></fileDesc></teiHeader>
<text><body><u who="#LUO">水涨了。</u></body></text></TEI>"""
ASKED = "问：水涨了吗？\n\n罗阿水：涨了，渡口都淹了。\n"


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("a.eaf", EAF.format(relative='RELATIVE_MEDIA_URL="./river.wav"')),
        ("a.eaf", EAF.format(relative="")),
        ("a.trs", TRS),
        ("a.cha", CHA),
        ("a.exb", EXB),
        ("a.tei", TEI),
        ("a.md", f"---\naudio: river.wav\n---\n\n{ASKED}"),
        ("a.txt", f"渡口的水\n录音：river.wav\n\n{ASKED}"),
        (
            "a.json",
            '{"audio": "river.wav", "segments": [{"start": 1, "end": 2, "text": "水涨了。", "speaker": "罗阿水"}]}',
        ),
        ("a.jsonl", '{"media": "river.wav", "turns": [{"speaker": "罗阿水", "text": "水涨了。"}]}'),
    ],
)
def test_a_format_names_its_recording(name: str, text: str, tmp_path: Path) -> None:
    write(tmp_path, "river.wav", "a.mp3")
    (tmp_path / name).write_text(text, encoding="utf-8")
    (read,) = transcript.parse_file(tmp_path / name, Settings(data=tmp_path))
    assert isinstance(read, transcript.ParsedInterview), read
    assert read.interview.media == str(tmp_path / "river.wav")
    assert read.interview.turns


@pytest.mark.parametrize(
    "named", ["录音：罗阿水提供", "录音整理：罗子期", "视频：/bin/sh", "录音：javascript:alert(1)"]
)
def test_what_is_no_recording_is_none(named: str, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(f"渡口的水\n{named}\n\n{ASKED}", encoding="utf-8")
    (read,) = transcript.parse_file(tmp_path / "a.txt", Settings(data=tmp_path))
    assert isinstance(read, transcript.ParsedInterview), read
    assert read.interview.media == ""
