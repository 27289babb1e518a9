"""`--svg` and `--png`: pictures of what the screens show."""

import json
import struct
import sys
from pathlib import Path
from xml.etree import ElementTree

import pytest

from indexer.settings import Settings
from tests.support import outputs
from tests.support.cli import CommandLine

COMMANDS = [
    ("timeline", "手机"),
    ("timeline", "手机", "--by", "month", "--per", "10k"),
    ("timeline", "手机", "--split", "speaker"),
    ("facets", "speaker"),
    ("facets", "topic", "手机"),
    ("facets", "speaker", "--per", "10k"),
    ("facets", "speaker", "topic", "手机"),
    ("facets", "speaker", "topic", "--shares"),
    ("compare", "郑志昊", "邵启年"),
    ("dispersion", "手机"),
]


@pytest.fixture
def run(sample: Settings, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> CommandLine:
    return CommandLine(sample, monkeypatch, capsys)


def texts(file: Path) -> list[str]:
    return [one.text or "" for one in ElementTree.parse(file).iter() if one.tag.endswith("}text")]


@pytest.mark.parametrize("typed", COMMANDS, ids=" ".join)
def test_a_chart_is_written_in_place_of_a_screen(run, tmp_path, typed):
    file = tmp_path / "图.svg"
    printed = run(*typed, "--svg", str(file))
    assert (printed.code, printed.out, printed.err) == (0, "", "")
    outputs.svg(file.read_text("utf-8"))
    assert len(texts(file)) > 5


def test_a_chart_has_the_numbers_of_its_command(run, tmp_path):
    file = tmp_path / "a.svg"
    run("timeline", "手机", "--svg", str(file))
    periods = json.loads(run("timeline", "手机", "--json").out)["periods"]
    tips = [one.text for one in ElementTree.parse(file).iter() if one.tag.endswith("}title")][1:]
    assert tips == [f"{one['period']}: {one['turns']} turn{'s' * (one['turns'] != 1)}" for one in periods]
    run("facets", "speaker", "手机", "--svg", str(file))
    buckets = json.loads(run("facets", "speaker", "手机", "--json").out)["buckets"]
    assert [one for one in texts(file) if " · " in one] == [
        f"{one['count']} · {100 * one['share']:.0f} %" for one in buckets
    ]
    run("compare", "郑志昊", "邵启年", "--svg", str(file))
    found = json.loads(run("compare", "郑志昊", "邵启年", "--json").out)
    assert {one["word"] for one in (*found["left_words"], *found["right_words"])} <= set(texts(file))


def test_a_png_has_the_same_shapes(run, tmp_path):
    pytest.importorskip("resvg_py")
    pytest.importorskip("pylopdf_fonts_zh_cn")
    svg, png = tmp_path / "a.svg", tmp_path / "a.png"
    assert run("facets", "speaker", "topic", "手机", "--svg", str(svg), "--png", str(png)).code == 0
    written = png.read_bytes()
    assert written.startswith(b"\x89PNG\r\n\x1a\n")
    size = struct.unpack(">II", written[16:24])
    root = ElementTree.parse(svg).getroot()
    assert size == tuple(-(-2 * float(root.attrib[name]) // 1) for name in ("width", "height"))
    assert run("facets", "speaker", "topic", "手机", "--png", str(png)).code == 0
    assert png.read_bytes() == written


def test_without_its_packages_a_png_says_what_to_install(run, tmp_path, monkeypatch):
    monkeypatch.setitem(sys.modules, "resvg_py", None)
    printed = run("timeline", "--png", str(tmp_path / "a.png"), "--svg", str(tmp_path / "a.svg"))
    assert printed.code == 2
    assert "pip install 'fangtan[pictures]'" in printed.err
    assert list(tmp_path.iterdir()) == []


def test_mistakes_are_told(run, tmp_path):
    both = run("timeline", "--svg", str(tmp_path / "a.svg"), "--json")
    assert (both.code, both.out) == (2, "")
    assert "--svg and --json cannot be combined." in both.err
    assert "its folder does not exist" in run("timeline", "--svg", str(tmp_path / "none/a.svg")).err
    assert run("dispersion", "小咪咪", "--svg", str(tmp_path / "a.svg")).lines[0] == " No turn contains 小咪咪."
    assert list(tmp_path.iterdir()) == []
