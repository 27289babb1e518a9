"""Charts are true to their numbers, readable, and nothing but text and shapes, whatever they are of."""

from itertools import product
from xml.etree import ElementTree

import pytest

from search_cli.charts import palette
from search_cli.charts.bar_chart import bar_chart
from search_cli.charts.column_chart import breaks, column_chart
from search_cli.charts.drawing import Drawing, Rect, broken
from search_cli.charts.heat_map import crosstab_map, heat_level, timeline_map
from search_cli.charts.svg import svg_file
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
