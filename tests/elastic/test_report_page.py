"""The page of a report in a browser: it asks for nothing, runs nothing, and can be read by everybody.

Where no Chromium is installed, or it cannot be started, these tests are skipped.
"""

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest

from indexer import pipeline
from indexer.elastic.connection import connect
from indexer.settings import Settings
from search_cli import Archive
from search_cli.commands.output import write_file
from search_cli.report.collection import ReportOptions, collect
from search_cli.report.page import page as report_page
from tests.elastic.test_cli_hostile import MARKUP, evil_line
from tests.support.report_page import ReportPage

playwright = pytest.importorskip("playwright.sync_api")
CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
SIZES = [(390, 844), (1280, 900)]

pytestmark = pytest.mark.skipif(CHROMIUM is None, reason="needs Chromium")


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    with playwright.sync_playwright() as started:
        try:
            chromium = started.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox", "--disable-gpu"])
        except playwright.Error as error:
            pytest.skip(f"Chromium does not start: {str(error).splitlines()[0]}")
        yield chromium
        chromium.close()


@pytest.fixture(scope="module")
def hostile(node_url: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Settings]:
    folder = tmp_path_factory.mktemp("hostile")
    (folder / "evil.jsonl").write_text(evil_line("evil") + evil_line("好'<b>\"-1"), encoding="utf-8")
    settings = Settings(url=node_url, index=f"page-{uuid4().hex[:12]}", data=folder)
    with connect(settings) as client:
        assert not pipeline.index(pipeline.IndexOptions((folder,)), settings, client).failed
        yield settings
        for name in client.indices.get(index=f"{settings.index}-*", expand_wildcards="all").body:
            client.indices.delete(index=name)
        client.options(ignore_status=404).indices.delete_index_template(name=settings.index)


@pytest.fixture(scope="module")
def files(sample: Settings, hostile: Settings, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """Two pages: of the sample archive, and of one that is as hostile as can be."""
    folder = tmp_path_factory.mktemp("pages")
    written = {}
    for name, settings, query in (("sample", sample, "手机"), ("hostile", hostile, "小米 OR 红米手机 OR 问题")):
        report = collect(Archive(settings), query, {}, ReportOptions(version="1"))
        assert report.result.hits
        written[name] = folder / f"{name}.html"
        write_file(written[name], report_page(report), marked=False)
    return written


@pytest.fixture(params=["sample", "hostile"])
def file(request: pytest.FixtureRequest, files: dict[str, Path]) -> Path:
    return files[request.param]


@pytest.mark.parametrize("size", SIZES, ids=["phone", "desktop"])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_page_asks_for_nothing_and_fits(browser, file, size, scheme):
    context = browser.new_context(viewport={"width": size[0], "height": size[1]}, color_scheme=scheme)
    tab = context.new_page()
    heard: list[str] = []
    tab.on("console", lambda message: heard.append(message.text))
    tab.on("pageerror", lambda error: heard.append(str(error)))
    tab.on("dialog", lambda dialog: heard.append(dialog.message))
    tab.on("request", lambda request: heard.append(request.url))
    tab.goto(file.as_uri())
    tab.wait_for_load_state("networkidle")
    assert heard == [file.as_uri()]
    assert tab.evaluate("document.documentElement.scrollWidth") <= size[0]
    assert tab.evaluate("getComputedStyle(document.body).maxWidth") == "1024px"  # the policy lets the style sheet in
    assert tab.evaluate("document.scripts.length") == 0
    context.close()


@pytest.mark.parametrize("size", SIZES, ids=["phone", "desktop"])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_rules_of_accessibility_are_kept(browser, file, size, scheme):
    axe = pytest.importorskip("axe_playwright_python.sync_playwright").Axe()
    context = browser.new_context(
        viewport={"width": size[0], "height": size[1]}, color_scheme=scheme, bypass_csp=True
    )  # the policy would not let axe in
    tab = context.new_page()
    tab.goto(file.as_uri())
    tab.evaluate("document.querySelectorAll('details').forEach(one => { one.open = true })")
    assert tab.evaluate("document.documentElement.scrollWidth") <= size[0]
    found = axe.run(tab).response["violations"]
    assert [(one["id"], [node["html"][:200] for node in one["nodes"]]) for one in found] == []
    context.close()


def test_every_link_within_the_page_leads_somewhere(browser, file):
    tab = browser.new_page()
    tab.goto(file.as_uri())
    links = tab.locator("a[href^='#']")
    for number in range(links.count()):
        tab.evaluate("location.hash = ''")
        target = links.nth(number).evaluate(
            "link => { link.click(); return document.querySelector(':target') !== null }"
        )
        assert target, links.nth(number).get_attribute("href")
    tab.close()


def test_it_is_used_with_the_keyboard_alone(browser, files):
    tab = browser.new_page()
    tab.goto(files["sample"].as_uri())
    tab.keyboard.press("Tab")
    assert tab.evaluate("document.activeElement.textContent") == "Skip to the hits"
    assert tab.locator(".skip").is_visible()
    tab.keyboard.press("Enter")
    assert tab.evaluate("location.hash") == "#hits"
    tab.keyboard.press("Tab")
    assert tab.evaluate("document.activeElement.closest('article') !== null")
    outline = "getComputedStyle(document.activeElement).outlineStyle"
    assert tab.evaluate(outline) == "solid"
    opened = tab.locator("details.numbers").first
    opened.locator("summary").focus()
    tab.keyboard.press("Enter")
    assert opened.locator("td").first.is_visible()
    tab.close()


def test_it_can_be_printed(browser, files):
    tab = browser.new_page()
    tab.goto(files["sample"].as_uri())
    tab.emulate_media(media="print")
    assert not tab.locator("nav").is_visible()
    assert tab.locator("article").first.is_visible()
    assert tab.pdf(format="A4").startswith(b"%PDF")
    tab.close()


def test_whatever_stands_in_a_transcript_is_text(files):
    page = ReportPage.read(files["hostile"])
    said = " ".join(page.tree.text_content().split())
    assert "<script>alert(1)</script><img src=x onerror=alert(1)>" in MARKUP
    for text in (
        "<script>alert(1)</script><img src=x onerror=alert(1)>",
        "javascript:alert(1)",
        "]]>",
        "反向",
        "&xxe;",
    ):
        assert text in said
    assert not {"\u202e", "\u2066", "\x1b", "\x00", "\u200b"} & set(files["hostile"].read_text("utf-8"))
    assert page.tree.xpath("//script | //img | //*[@onerror]") == []
