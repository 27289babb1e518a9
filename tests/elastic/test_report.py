"""`fangtan report`: its numbers are those of the other commands, and of a count by other code."""

import json
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest

from indexer.elastic.connection import connect
from indexer.settings import Settings
from search_cli import Archive
from search_cli.report import collection
from search_cli.report.collection import ReportOptions, collect
from tests.support.archives import Archive as WrittenArchive
from tests.support.archives import line
from tests.support.brute_force import StoredTurn, holds, stored_turns
from tests.support.cli import CommandLine
from tests.support.report_page import ReportPage


@pytest.fixture
def run(sample: Settings, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> CommandLine:
    return CommandLine(sample, monkeypatch, capsys)


@pytest.fixture
def page(run: CommandLine, tmp_path: Path) -> Callable[..., ReportPage]:
    def written(*arguments: str) -> ReportPage:
        file = tmp_path / "报告.html"
        printed = run("report", *arguments, "-o", str(file))
        assert (printed.code, printed.err) == (0, "")
        return ReportPage.read(file)

    return written


@pytest.mark.parametrize("typed", ["手机", "小米 合作 --speaker 郑志昊", "--role 受访 --since 2018"])
def test_its_numbers_are_those_of_the_other_commands(run, page, typed):
    typed = typed.split()
    shown = page(*typed)
    found = json.loads(run("search", *typed, "-n", "100", "--json").out)
    assert shown.hits == [hit["address"] for hit in found["hits"]]
    assert f"{len(found['hits'])} of {found['total'] + found['near']} hits shown" in shown.text("hits")
    for field in ("speaker", "topic", "outlet", "role"):
        facet = json.loads(run("facets", field, *typed, "-n", "12", "--json").out)
        rows = shown.numbers(f"facet-{field}")[1:]
        assert sorted((row[0].split()[0], row[1]) for row in rows) == sorted(
            (one["value"], str(one["count"])) for one in facet["buckets"]
        )
    periods = json.loads(run("timeline", *typed, "--json").out)["periods"]
    assert shown.numbers("timeline")[1:] == [[p["period"], str(p["turns"]), f"{p['characters']:,}"] for p in periods]
    crossed = json.loads(run("facets", "speaker", "topic", *typed, "-n", "15", "--json").out)
    head, *rows = shown.numbers("heat-map")
    assert head[1:-1] == crossed["across"]
    assert [[cell.replace("·", "0") for cell in row[1:]] for row in rows] == [
        [str(number) for number in (*one["counts"], one["turns"])] for one in crossed["lines"]
    ]


def test_its_concordance_is_that_of_kwic(run, page):
    shown = page("手机", "--lines", "9")
    found = json.loads(run("kwic", "手机", "-n", "9", "--json").out)
    assert [[row[0], row[3]] for row in shown.lines] == [[one["address"], one["keyword"]] for one in found["lines"]]
    for (_, _, left, _, right), one in zip(shown.lines, found["lines"], strict=True):
        assert one["left"].endswith(left)
        assert one["right"].startswith(right)
        assert len(left) >= min(len(one["left"]), 18)
        assert len(right) >= min(len(one["right"]), 18)
    assert f"9 of {found['occurrences']} occurrences shown" in shown.text("concordance")


@pytest.fixture(scope="module")
def stored(sample: Settings) -> list[StoredTurn]:
    with connect(sample) as client:
        return stored_turns(client, f"{sample.index}-turns")


def test_its_numbers_are_those_of_a_search_through_the_text(page, stored):
    shown = page("手机", "--no-synonyms")
    turns = [one for one in stored if holds("手机", one.text)]
    assert len(turns) > 10
    assert sorted(shown.hits) == sorted(one.address for one in turns)
    assert {row[0]: int(row[1]) for row in shown.numbers("facet-speaker")[1:]} == Counter(
        one.speaker for one in turns if one.speaker
    )
    years = {row[0]: int(row[1]) for row in shown.numbers("timeline")[1:] if row[1] != "0"}
    assert years == Counter(one.date[:4] for one in turns)
    occurrences = sum(one.text.replace(" ", "").count("手机") for one in turns)
    assert f"{len(shown.lines)} of {occurrences} occurrences shown" in shown.text("concordance")


def test_every_turn_has_one_place_and_questions_are_whole(run, page):
    shown = page("小米 合作")
    found = json.loads(run("search", "小米 合作", "-n", "100", "--json").out)["hits"]
    assert len(shown.ids) == len(set(shown.ids))
    for hit in found:
        turns = [hit, *([hit["question"]] if hit["question"] else [])]
        article = shown.text(f"{hit['interview_id']}-{hit['turn']}")
        for turn in turns:
            assert f"{turn['interview_id']}-{turn['turn']}" in shown.ids
            assert all(" ".join(part.split()) in article for part in turn["text"].split("\n"))
    links = {str(one)[1:] for one in shown.tree.xpath("//a/@href") if str(one).startswith("#")}
    assert links <= set(shown.ids)


def test_it_is_as_large_as_is_asked_for(run, page, tmp_path):
    shown = page("手机", "--hits", "3", "--lines", "0", "--facet", "year", "--period", "month")
    assert len(shown.hits) == 3
    assert "3 of 24 hits shown" in shown.text("hits")
    assert "concordance" not in shown.ids
    years = [row[0] for row in shown.numbers("facet-year")[1:]]
    assert years == sorted(years)
    assert all(len(row[0]) == len("2013-08") for row in shown.numbers("timeline")[1:])
    command = shown.text("method").rpartition("To make it again")[2]
    assert command == "fangtan report 手机 --hits 3 --lines 0 --facet year --period month -o report.html"
    told = run("report", "手机", "--hits", "3", "-o", str(tmp_path / "a.html")).out
    assert "a.html:3of24hits,37of37occurrences," in "".join(told.split()), "where a line breaks depends on the path"
    assert run("report", "手机", "--hits", "0", "-o", "a.html").code == 2


def test_each_text_has_its_script(page):
    shown = page("手机", "--no-synonyms")
    for interview, script in (("digital-services-2023", "zh-Hant"), ("qzone-xiaomi", "zh-Hans")):
        said = shown.tree.xpath(f'//article[starts-with(@id, "{interview}")]/div[@class="said"]/@lang')
        assert set(map(str, said)) == {script}


def test_what_is_not_found_is_not_written(run, tmp_path):
    printed = run("report", "小咪咪", "-o", str(tmp_path / "a.html"))
    assert printed.code == 0
    assert printed.lines[0] == " No turn contains 小咪咪."
    assert not (tmp_path / "a.html").exists()


def test_queries_without_words_and_mistakes(run, page, tmp_path):
    assert "concordance" not in page("--speaker", "郑志昊").ids
    assert "concordance" not in page("speaker:郑志昊").ids
    assert "concordance" not in page("-广告").ids
    assert "--output" in run("report", "小米").err
    assert run("report", "(小米", "-o", str(tmp_path / "a.html")).code == 2
    assert "its folder does not exist" in run("report", "小米", "-o", str(tmp_path / "none/a.html")).err


def test_it_is_written_to_standard_output(run):
    printed = run("report", "小米", "-o", "-")
    assert printed.out.startswith("<!doctype html>")
    assert printed.out.rstrip().endswith("</html>")


def test_an_archive_that_changes_is_read_again(archive: WrittenArchive, monkeypatch: pytest.MonkeyPatch) -> None:
    archive.write(a_jsonl=line("a", "灯笼很亮。"), b_jsonl=line("b", "灯笼不亮。"))
    archive.index()
    read, found, numbers = collection._parts, Archive(archive.settings, archive.client), iter("cdefgh")
    before = found.revision()

    def parts(*arguments):
        result = read(*arguments)
        if changes and (number := next(numbers)):
            changes.pop()
            archive.write(**{f"{number}_jsonl": line(number, f"灯笼挂在第{number}条街。")})
            archive.index()
        return result

    monkeypatch.setattr(collection, "_parts", parts)
    changes = [1]
    report = collect(found, "灯笼", {}, ReportOptions())
    assert report.settled
    assert report.result.total == report.timeline.turns == report.revision.turns == 3
    assert report.revision != before
    changes = [1] * 9
    assert not collect(found, "灯笼", {}, ReportOptions()).settled
