"""Word documents, read by python-docx, whose own lists they are not made by."""

from dataclasses import replace
from pathlib import Path

from docx import Document
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from search_cli.export.clean_text import clean_lines
from search_cli.export.format_table import ExportFormat
from tests.support.exports import content, written
from tests.support.spoken import ANSWER, HOSTILE, QUESTION, hit


def test_a_turn_has_its_question_its_matches_and_its_citation(tmp_path: Path) -> None:
    file = tmp_path / "a.docx"
    written(
        ExportFormat.DOCX,
        file,
        content(
            [replace(hit("小米", notes=("（笑）",)), tags=("信任", "价格"), note="再核对"), hit("小米", rank=2)],
            total=2,
        ),
    )
    document = Document(str(file))
    found = [(paragraph.style.name, paragraph.text) for paragraph in document.paragraphs if paragraph.style]
    turn = [
        ("TurnQuestion", f"问 {QUESTION}"),
        ("TurnSpeaker", "郑志昊（受访，腾讯副总裁）"),
        *(("TurnText", line) for line in ANSWER.split("\n")),
        ("TurnQuestion", "（笑）"),
        ("TurnQuestion", "标 信任 · 价格 再核对"),
        ("TurnCitation", "郑志昊，《与小米手机合作发布红米手机》，搜狐IT，2013-08-02，qzone-xiaomi#3"),
    ]
    assert found == [
        ("Title", "小米"),
        ("TurnSource", "2 turns"),
        ("Heading 1", "与小米手机合作发布红米手机"),
        ("TurnSource", "搜狐IT · 2013-08-02 · data/interviews/qzone-xiaomi.txt"),
        *turn,
        *(one for one in turn if one[1] not in {"（笑）", "标 信任 · 价格 再核对"}),
    ]
    runs = [run for paragraph in document.paragraphs for run in paragraph.runs]
    assert [run.text for run in runs if run.style.name == "TurnMatch"] == ["小米", "小米", "小米"] * 2
    assert [run.text for run in runs if run.style.name == "Strong"] == ["郑志昊"] * 2
    assert document.sections[0].page_width


@given(st.text(max_size=60))
@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_whatever_is_said_can_be_opened(tmp_path: Path, text: str) -> None:
    file = tmp_path / "a.docx"
    written(ExportFormat.DOCX, file, content([hit(text=text + HOSTILE, speaker=text, title=text)], title=text))
    said = [one.text for one in Document(str(file)).paragraphs if one.style and one.style.name == "TurnText"]
    assert said == [line for line in clean_lines(text + HOSTILE) if line.strip()]
