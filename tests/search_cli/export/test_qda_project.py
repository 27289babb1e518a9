"""REFI-QDA projects, held to the rules of the standard and read back."""

from pathlib import Path
from zipfile import ZipFile

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from indexer.errors import FangtanError
from search_cli.export.format_table import ExportFormat
from search_cli.models import TurnTags
from tests.support.exports import content, interview, written
from tests.support.refi_projects import RefiProject, read_project
from tests.support.spoken import ANSWER, HOSTILE, hit, turn


def project(folder: Path, *given: object, **changes: object) -> RefiProject:
    file = folder / "a.qdpx"
    written(ExportFormat.QDPX, file, content(*given, **changes))  # type: ignore[arg-type]
    return read_project(file)


def test_each_turn_is_coded_with_its_speaker_and_topics_and_hits_with_the_search(tmp_path: Path) -> None:
    asked = turn(turn=2, speaker="记者@qzone-xiaomi", text="是吗？😀好。", topics=("商业/广告", "商业"))
    found = project(tmp_path, [hit("小米")], interview(asked, turn()), code="合作的事")
    assert [(one.name, one.text, one.codes) for one in found.selections] == [
        (
            "qzone-xiaomi#2",
            "是吗？😀好。",
            ("Speakers > 记者@qzone-xiaomi", "Topics > 商业 > 广告", "Topics > 商业"),
        ),
        (
            "qzone-xiaomi#3",
            ANSWER,
            ("Speakers > 郑志昊", "Topics > 社交营销", "Topics > 商业化", "Searches > 合作的事"),
        ),
    ]
    assert found.texts == {"与小米手机合作发布红米手机": f"记者：是吗？😀好。\n\n郑志昊：{ANSWER}\n\n"}
    assert found.variables["与小米手机合作发布红米手机"] == {
        "interview": "qzone-xiaomi",
        "date": "2013-08-02",
        "outlet": "搜狐IT",
    }


def test_a_name_of_several_things_is_a_name_of_one(tmp_path: Path) -> None:
    talk = interview(turn(speaker="广告", topics=("广告", "商业/广告", "商业/广告/小米", "小米")))
    found = project(tmp_path, [hit()], talk, code="小米")
    assert found.codes == (
        *("Speakers", "Speakers > 广告"),
        *("Topics", "Topics > 商业", "Topics > 商业 > 商业/广告", "Topics > 商业 > 商业/广告 > 小米"),
        *("Topics > 小米 (topic)", "Topics > 广告 (topic)"),
        *("Searches", "Searches > 小米 (search)"),
    )


def test_notes_are_in_the_text_and_nobodys_speech(tmp_path: Path) -> None:
    silent = turn(turn=2, speaker="", topics=(), text="无人发言。", notes=("（掌声）",))
    found = project(tmp_path, [hit(turn=2)], interview(silent, turn()), code="")
    assert next(iter(found.texts.values())).startswith("无人发言。\n（掌声）\n\n郑志昊：")
    assert [one.name for one in found.selections] == ["qzone-xiaomi#3"], "no code, no selection"


def test_tags_are_codes_and_notes_are_notes(tmp_path: Path) -> None:
    asked = turn(turn=2, speaker="", topics=(), text="是吗？")
    tags = {"qzone-xiaomi#2": TurnTags((), "再核对"), "qzone-xiaomi#3": TurnTags(("信任", "郑志昊"), "引用")}
    found = project(tmp_path, [hit()], interview(asked, turn()), tags_of=lambda turns: tags, code="")
    assert [(one.text, one.note) for one in found.selections] == [("是吗？", "再核对"), (ANSWER, "引用")]
    assert found.selections[0].codes == ()
    assert {"Tags > 信任", "Tags > 郑志昊 (tag)"} <= set(found.selections[1].codes)


def test_sources_of_one_title_have_names_of_their_own(tmp_path: Path) -> None:
    talks = [interview(turn(interview_id=id_, title="会议/一")) for id_ in ("a/1", "a/2")]
    found = project(tmp_path, [hit(interview_id=one.about.id) for one in reversed(talks)], *talks)
    assert list(found.texts) == ["会议／一", "会议／一 a／2"]


@pytest.mark.usefixtures("chinese")
def test_codes_and_names_are_the_same_in_every_language(tmp_path: Path) -> None:
    found = project(tmp_path, title="", code="All turns")
    assert found.codes[-2:] == ("Searches", "Searches > All turns")
    assert b'name="All turns" origin="fangtan"' in ZipFile(tmp_path / "a.qdpx").read("project.qde")


def test_nothing_found_is_a_project_without_sources(tmp_path: Path) -> None:
    assert project(tmp_path, []).codes == ("Searches", "Searches > 小米")


def test_the_same_interviews_have_the_same_identifiers(tmp_path: Path) -> None:
    from lxml import etree

    guids = []
    for name in ("a.qdpx", "b.qdpx"):
        from zipfile import ZipFile

        written(ExportFormat.QDPX, tmp_path / name, content())
        with ZipFile(tmp_path / name) as archive:
            root = etree.fromstring(archive.read("project.qde"))
        guids.append([one.get("guid") for one in root.iter()])
    assert guids[0] == guids[1]


def test_an_interview_that_lost_a_hit_meanwhile_is_told(tmp_path: Path) -> None:
    with pytest.raises(FangtanError, match="was indexed again while it was exported"):
        project(tmp_path, [hit(turn=9)], interview(turn()))
    assert list(tmp_path.iterdir()) == []


@given(st.text(max_size=40))
@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_whatever_is_said_can_be_opened(tmp_path: Path, text: str) -> None:
    talk = interview(turn(text=text + HOSTILE, speaker=text, title=text, topics=(text, f"{text}/{text}"), outlet=text))
    found = project(tmp_path, [hit()], talk, code=text, title=text)
    assert len(found.selections) == 1
