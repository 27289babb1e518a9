"""The enrichment of a parsed interview."""

from dataclasses import replace
from pathlib import Path

import pytest

from indexer.enrich import enrich, speakers
from indexer.enrich.generic_names import is_generic
from indexer.enrich.speakers import Speakers
from indexer.enrich.topics import Topics
from indexer.errors import SettingsError
from indexer.model import Guest, Interview, Role, Turn
from indexer.settings import Settings
from tests.support.scripts import attributed

DATA = Path(__file__).parents[3] / "data"
NOBODY = Speakers()


def known(tmp_path: Path, text: str) -> Speakers:
    path = tmp_path / "speakers.toml"
    path.write_text(text, encoding="utf-8")
    return speakers.load(path)


def interview(*labels: str, **fields: object) -> Interview:
    turns = tuple(Turn(n, label, Role.OTHER, "话。", label) for n, label in enumerate(labels, start=1))
    return Interview(turns=turns, **fields)  # type: ignore[arg-type]


def speakers_of(given: Interview) -> list[str]:
    return [turn.speaker for turn in enrich.attribute(given, Speakers()).turns]


def indexed_speakers(given: Interview, known: Speakers = NOBODY) -> list[str]:
    return [turn.speaker for turn in enrich.with_own_labels(enrich.attribute(given, known), known).turns]


def test_a_question_is_attributed_to_the_journalist_or_the_outlet() -> None:
    assert speakers_of(interview("问", "答")) == ["问", "答"]
    assert speakers_of(interview("问", "郑志昊", outlet="搜狐IT")) == ["搜狐IT", "郑志昊"]
    assert speakers_of(interview("記者", "郑志昊", outlet="搜狐IT", authors=("林深",))) == ["林深", "郑志昊"]
    assert speakers_of(interview("问", "郑志昊", outlet="搜狐IT", authors=("林深", "何苗"))) == ["搜狐IT", "郑志昊"]


def test_a_label_without_a_name_is_a_person_of_its_interview() -> None:
    labels = ("记者", "主持人", "发言人1", "Speaker 2", "甲", "林晓岚", "经济日报记者")
    own = [*("记者@a/b", "主持人@a/b", "发言人1@a/b", "Speaker 2@a/b", "甲@a/b", "林晓岚", "经济日报记者")]
    assert indexed_speakers(interview(*labels, id="a/b")) == own
    assert speakers_of(interview(*labels, id="a/b")) == list(labels)  # as `fangtan parse` shows them
    assert indexed_speakers(interview("记者", id="a", outlet="搜狐IT")) == ["搜狐IT"]
    assert indexed_speakers(interview("主持人", id="a"), Speakers(names={"主持人": "何苗"})) == ["何苗"]
    assert indexed_speakers(interview("主持人", id="a"), Speakers(names={"主持人": "主持人"})) == ["主持人"]
    once = enrich.with_own_labels(interview(*labels, id="a/b"), Speakers())
    assert indexed_speakers(once) == own


@pytest.mark.parametrize(
    ("name", "generic"),
    [
        *(
            (name, True)
            for name in ("問", "Q", "主席", "訪問者", "口譯人員", "發言二", "受访者A", "SPEAKER_00", "学生 3")
        ),
        *((name, True) for name in ("嘉宾（2）", "庚", "K", "12", "匿名", "观众丙", "spk1")),
        *((name, True) for name in ("S1", "ch_0", "INV", "PAR2", "发音人")),
        *(
            (name, False)
            for name in ("唐鳳", "林先生", "冯", "Mark", "林一", "王五", "老K", "新唐人", "DJ Lee", "经济日报记者")
        ),
        *((name, False) for name in ("", "罗柏", "张三", "李甲", "CK", "记者@a", "主持人（孟晓）")),
    ],
)
def test_generic_names(name: str, generic: bool) -> None:
    assert is_generic(name) is generic


def test_an_answer_is_the_guests_where_there_is_one() -> None:
    assert speakers_of(interview("问", "答", guests=(Guest("郑志昊"),))) == ["问", "郑志昊"]
    assert speakers_of(interview("问", "答", guests=(Guest("郑志昊"), Guest("何苗")))) == ["问", "答"]


def test_a_surname_is_the_one_person_of_the_head_who_has_it() -> None:
    guests = (Guest("冯桂生"), Guest("朱四喜"))
    assert speakers_of(interview("石", "冯", guests=guests, authors=("石敏",))) == ["石敏", "冯桂生"]
    assert speakers_of(interview("朱", "冯", guests=(*guests, Guest("冯大有")))) == ["朱四喜", "冯"]
    assert speakers_of(interview("冯桂", "石敏", guests=guests)) == ["冯桂", "石敏"]


def test_the_printed_label_is_kept() -> None:
    found = enrich.attribute(interview("问", "答", outlet="搜狐IT", guests=(Guest("郑志昊"),)), Speakers())
    assert [turn.label for turn in found.turns] == ["问", "答"]


def test_who_is_named_is_not_renamed_after_the_outlet() -> None:
    assert speakers_of(interview("经济日报记者", "方成", outlet="某网")) == ["经济日报记者", "方成"]
    assert speakers_of(interview("观众", "方成", outlet="某网")) == ["观众", "方成"]


def test_aliases_are_resolved_and_offices_filled(tmp_path: Path) -> None:
    about = known(
        tmp_path, '["林晓岚"]\naliases = ["林总"]\naffiliation = "首席执行官"\n["搜狐IT"]\naliases = ["问"]\n'
    )
    found = enrich.attribute(interview("问", "林总"), about)
    assert [(turn.speaker, turn.label, turn.affiliation) for turn in found.turns] == [
        ("搜狐IT", "问", ""),
        ("林晓岚", "林总", "首席执行官"),
    ]


def test_the_office_the_transcript_tells_comes_before_the_files(tmp_path: Path) -> None:
    about = known(tmp_path, '["林晓岚"]\naffiliation = "首席执行官"\n')
    head = enrich.attribute(interview("问", "林晓岚", guests=(Guest("林晓岚", "创始人"),)), about)
    assert head.turns[1].affiliation == "创始人"
    printed = interview("问", "林晓岚", guests=(Guest("林晓岚", "创始人"),))
    printed = replace(printed, turns=(printed.turns[0], replace(printed.turns[1], affiliation="董事长")))
    assert enrich.attribute(printed, about).turns[1].affiliation == "董事长"


def test_a_speaker_gets_the_form_of_the_archive_unless_speakers_toml_names_another(tmp_path: Path) -> None:
    given = known(tmp_path, '["周明"]\nturns = ["meeting#2"]\n')
    found = enrich.attribute(interview("林曉嵐", "林曉嵐", "何苗", id="meeting"), given)
    settled = enrich.with_names(found, {"林曉嵐": "林晓岚", "周明": "周敏"})
    assert [turn.speaker for turn in settled.turns] == ["林晓岚", "周明", "何苗"]


def test_attributing_again_changes_nothing() -> None:
    once = attributed("近日，搜狐IT专访了馆长何苗。\n问：好吗？\n答：好。\n问：嗯？\n答：嗯。\n")
    assert enrich.attribute(once, Speakers()) == once
    assert once.attributed


def test_given_turns_keep_their_roles_numbers_and_texts() -> None:
    turns = (
        Turn(3, "问", Role.OTHER, "问：好吗？", "问"),
        Turn(7, "答", Role.HOST, "答：好。", "答", exchange=2, reply_to=3, topics=("甲",)),
    )
    found = enrich.attribute(Interview(turns=turns, attributed=True, language="zh-Hant"), Speakers())
    assert found.turns == tuple(replace(turn, printed_speaker=turn.speaker) for turn in turns)
    assert found.language == "zh-Hant"


def test_the_script_is_detected_if_it_is_not_given() -> None:
    assert attributed("問：這個好嗎？\n答：這個很好，我們都說好。").language == "zh-Hant"
    assert attributed("问：这个好吗？\n答：这个很好，我们都说好。").language == "zh-Hans"


def test_annotating_adds_topics_and_keywords() -> None:
    knowledge = enrich.load_knowledge(Settings(data=DATA))
    interview = attributed("问：红米手机卖得怎么样？\n答：红米手机首发卖了十万台，" + "小米手机销量很好，" * 9)
    analyses = [knowledge.analyzer.analyze(turn.text) for turn in interview.turns]
    found = enrich.enrich(interview, knowledge, analyses)
    assert any(turn.topics for turn in found.turns)
    assert "手机" in "".join(found.turns[1].keywords)


def test_the_fingerprint_changes_with_the_data_files(tmp_path: Path) -> None:
    usual = enrich.load_knowledge(Settings(data=DATA))
    (tmp_path / "topics.toml").write_text('["泊位"]\nterms = ["泊位"]\n', encoding="utf-8")
    more = replace(usual, topics=Topics.load(tmp_path / "topics.toml"))
    assert usual.fingerprint != more.fingerprint
    # turns get the speakers of a changed file without being enriched again
    assert usual.fingerprint == replace(usual, speakers=known(tmp_path, '["林晓岚"]\n')).fingerprint


def test_bad_knowledge_is_a_settings_error(tmp_path: Path) -> None:
    (tmp_path / "speakers.toml").write_text("[", encoding="utf-8")
    with pytest.raises(SettingsError):
        enrich.load_knowledge(Settings(data=tmp_path))
