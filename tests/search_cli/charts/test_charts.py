"""Charts are true to their numbers, readable, and nothing but text and shapes, whatever they are of."""

import re
from itertools import product
from xml.etree import ElementTree

import pytest

from indexer.language import messages
from indexer.language.languages import Language
from search_cli.charts import palette
from search_cli.charts.bar_chart import bar_chart
from search_cli.charts.butterfly_chart import butterfly_chart
from search_cli.charts.column_chart import breaks, column_chart
from search_cli.charts.drawing import Drawing, Rect, broken
from search_cli.charts.heat_map import crosstab_map, heat_level, timeline_map
from search_cli.charts.rug_plot import rug_plot
from search_cli.charts.svg import svg_file
from search_cli.kwic.compare import ComparedSide, ComparedTopic, Comparison
from search_cli.kwic.dispersion import Dispersion, DispersionLine
from search_cli.kwic.keyness import KeyWord
from search_cli.rendering.terminal.styles import columns_of
from search_cli.search.crosstab import Crosstab, CrosstabRow
from search_cli.search.timeline import Period, Timeline
from tests.support import outputs
from tests.support.spoken import HOSTILE, facet

EVIL = f"]]><script>alert(1)</script>\ufffe\ufffe&lt;{HOSTILE}"


def timeline(*years: tuple[int, int], split: str = "", across: tuple[str, ...] = ()) -> Timeline:
    periods = tuple(
        Period(f"{year:04}", f"{year:04}-01-01", f"{year:04}-12-31", turns, 1000, (turns,) * len(across))
        for year, turns in years
    )
    return Timeline("灯笼", "year", split, across, periods, sum(one.turns for one in periods), 0, 3, 0, "all")


def shares(drawing: Drawing, kind: str) -> list[float]:
    return [float(str(one.width).rstrip("%")) for one in drawing.shapes if isinstance(one, Rect) and one.kind == kind]


def test_bars_are_as_long_as_their_counts():
    drawing = bar_chart(facet("speaker", ("甲", 8), ("乙", 4), ("丙", 1)))
    assert shares(drawing, "bar") == [100, 50, 12.5]
    assert drawing.table.rows == (("甲", "8", "62 %"), ("乙", "4", "31 %"), ("丙", "1", "8 %"))


def test_columns_are_as_high_as_their_counts():
    drawing = column_chart(timeline((2019, 7), (2020, 0), (2021, 14)))
    heights = [one.height for one in drawing.shapes if isinstance(one, Rect)]
    assert heights[0] * 2 == pytest.approx(heights[2])
    assert heights[1] == 0
    assert [row[:2] for row in drawing.table.rows] == [("2019", "7"), ("2020", "0"), ("2021", "14")]


def test_years_that_are_left_out_are_marked():
    found = timeline((1066, 1), (2020, 2), (2021, 1))
    assert breaks(found.periods) == [1]
    assert any("left out" in note for note in column_chart(found).notes)
    assert breaks(timeline((2020, 2), (2021, 1)).periods) == []


def test_shades_tell_small_numbers_apart_and_large_ones():
    assert [heat_level(amount, 200) for amount in (0, 0.01, 13, 14, 43, 44, 85, 86, 137, 138, 200)] == [
        *(0, 1, 1, 2, 2, 3, 3, 4, 4, 5, 5),
    ]
    assert [heat_level(amount, 3) for amount in (1, 2, 3)] == [3, 4, 5]
    assert heat_level(0, 0) == 0


def test_a_crosstab_keeps_its_counts():
    crossed = Crosstab("speaker", "topic", ("广告", "手机"), (CrosstabRow("甲", 5, 900, (3, 0)),), 5, 1)
    drawing = crosstab_map(crossed)
    assert drawing.table.header == ("speaker", "广告", "手机", "all")
    assert drawing.table.rows == (("甲", "3", "·", "5"),)


def test_a_long_timeline_has_no_numbers_in_its_cells():
    found = timeline(*((year, 1) for year in range(1950, 2020)), split="speaker", across=("甲",))
    drawing = timeline_map(found)
    assert drawing.width < 1400
    assert drawing.table.rows[0][-1] == "70"


@pytest.mark.parametrize("text", ["社交营销", "信息安全与隐私保护条例", "internationalisation of it", "一"])
def test_headings_fit_two_lines(text):
    lines = broken(text, 10)
    assert len(lines) <= 2
    assert all(columns_of(one) <= 10 for one in lines)
    assert "".join(lines).rstrip("…").replace(" ", "") in text.replace(" ", "")


def test_whatever_stands_in_a_transcript_is_text():
    crossed = Crosstab("speaker", "topic", (EVIL,), (CrosstabRow(EVIL, 5, 900, (3,)),), 5, 1)
    split = timeline((2020, 2), split="speaker", across=(EVIL,))
    for drawing in (bar_chart(facet("topic", (EVIL, 3)), EVIL), crosstab_map(crossed, query=EVIL), timeline_map(split)):
        text = svg_file(drawing)
        outputs.svg(text)
        assert any("<script>" in (one.text or "") for one in ElementTree.fromstring(text).iter())


def comparison() -> Comparison:
    left, right = (ComparedSide(name, 4, 900, 300, 2, "2013", "2014", 900, 4.4) for name in ("甲", "乙"))
    words = (KeyWord("灯笼", 9, 30, 2, 1, 3, 12.5, 3.3),)
    return Comparison("灯", "speaker", left, right, 0, words, words, (ComparedTopic("灯会", 3, 1, 2, 1),), "all")


def dispersion() -> Dispersion:
    line = DispersionLine("灯会记", "灯会记", "", "", 2, 1, 900, 22.2, "灯会记#1", (0.1, 0.5))
    return Dispersion("灯笼", ("灯笼",), (), "all", "count", 3, 2, 2, 5, 9, 0.5, (line,))


def written(drawing: Drawing) -> str:
    """All that a drawing says: in its file, and in its table."""
    cells = " ".join(cell for row in (drawing.table.header, *drawing.table.rows) for cell in row)
    return f"{' '.join(ElementTree.fromstring(svg_file(drawing)).itertext()).partition('</style>')[2]} {cells}"


@pytest.mark.usefixtures("chinese")
def test_charts_speak_the_language_of_the_reader():
    crossed = Crosstab("speaker", "topic", ("灯会",), (CrosstabRow("甲", 5, 900, (3,)),), 5, 1, more_rows=2)
    found = timeline((1066, 1), (2020, 2))
    drawings = {
        bar_chart(facet("speaker", ("甲", 2), total=3, other=1), "灯笼"): "按说话人统计：含“灯笼”的发言",
        column_chart(found): "按年份统计：含“灯笼”的发言",
        column_chart(found, per=True): "按年份统计：含“灯笼”的发言（每 10,000 字）",
        crosstab_map(crossed, query="灯笼"): "说话人 × 话题，含“灯笼”的发言",
        timeline_map(timeline((2020, 2), split="topic", across=("灯会",))): "话题 × 年份，含“灯笼”的发言",
        butterfly_chart(comparison()): "甲、乙：含“灯”的发言中特有的词和话题",
        rug_plot(dispersion()): "“灯笼”在各篇访谈中出现的位置",
    }
    assert [drawing.title for drawing in drawings] == list(drawings.values())
    assert column_chart(found).description == "按年份分列：3 轮发言，3 篇访谈。"
    assert column_chart(found).notes == ("虚线：省去了没有发言的年份",)
    assert crosstab_map(crossed).notes == ("另有 2 位说话人",)
    assert crosstab_map(crossed).table.header == ("说话人", "灯会", "合计")
    for drawing in drawings:
        assert set(re.findall(r"[A-Za-z]{2,}", written(drawing))) <= {"DP"}, drawing.title


def test_the_language_of_a_file_is_the_script_of_its_reader(chinese):
    drawing = bar_chart(facet("speaker", ("甲", 2)))
    assert 'xml:lang="zh-Hans"' in svg_file(drawing)
    messages.use(Language.TRADITIONAL)
    assert 'xml:lang="zh-Hant"' in svg_file(drawing)
    assert "PingFang TC" in svg_file(drawing)


def luminance(color: str) -> float:
    channels = (int(color[place : place + 2], 16) / 255 for place in (1, 3, 5))
    linear = [one / 12.92 if one <= 0.04045 else ((one + 0.055) / 1.055) ** 2.4 for one in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(first: str, second: str) -> float:
    dark, light = sorted((luminance(first), luminance(second)))
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("colors", [palette.LIGHT, palette.DARK], ids=["light", "dark"])
def test_colours_are_told_apart(colors):
    written = [*product(("ink", "quiet", "link"), ("paper", "panel")), ("mark-ink", "mark"), ("quiet", "heat-0")]
    written += [(f"on-{level}", f"heat-{level}") for level in range(6)]
    assert [pair for pair in written if contrast(colors[pair[0]], colors[pair[1]]) < 4.5] == []
    assert [name for name in ("bar", "other") if contrast(colors[name], colors["paper"]) < 3] == []
    assert palette.LIGHT.keys() == palette.DARK.keys()
