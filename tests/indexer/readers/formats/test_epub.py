"""E-books: pages in reading order, metadata of the package, damage."""

import pytest

from indexer.errors import ReadingError
from indexer.readers.script import Line, Script
from tests.support.epub_files import CONTAINER, MEMBERS, PACKAGE, page
from tests.support.sources import fault, items, packed, script


def test_pages_come_in_reading_order_under_running_numbers() -> None:
    assert script(packed(MEMBERS), ".epub").lines == (
        Line(1, "记者：好吗？"),
        Line(2, "何苗：好。", bold_prefix_length=3),
        Line(3, "记者：后来呢？"),
    )


def test_what_the_package_says_is_kept() -> None:
    assert script(packed(MEMBERS), ".epub").metadata == (
        ("title", "渡口访谈录"),
        ("author", "佟鸥"),
        ("outlet", "北岸书局"),
        ("date", "2021-05-06"),
        ("url", "https://example.org/book"),
    )


def test_a_book_under_another_suffix_is_read() -> None:
    assert len(script(packed(MEMBERS), ".zip").lines) == 3


@pytest.mark.parametrize("content", [None, bytes(100), "<a>" * 6000])
def test_a_page_that_cannot_be_read_is_told_and_the_rest_is_read(content: bytes | str | None) -> None:
    members = {name: data for name, data in MEMBERS.items() if name != "OEBPS/text/one.xhtml"}
    if content is not None:
        members["OEBPS/text/one.xhtml"] = content
    found, error = items(packed(members), ".epub")
    assert isinstance(found, Script)
    assert [line.text for line in found.lines] == ["记者：后来呢？"]
    assert isinstance(error, ReadingError)


@pytest.mark.parametrize(
    "changed",
    [
        {"META-INF/container.xml": "<container/>"},
        {"META-INF/container.xml": "not xml"},
        {"META-INF/container.xml": CONTAINER.replace("OEBPS/book.opf", "../../etc/passwd")},
        {"OEBPS/book.opf": "<package/>"},
        {"OEBPS/book.opf": '<!DOCTYPE a [<!ENTITY x "ha">]><package>&x;</package>'},
        {"OEBPS/book.opf": PACKAGE.replace("itemref", "other")},
    ],
)
def test_a_damaged_book_is_told(changed: dict[str, bytes | str]) -> None:
    assert fault(packed(MEMBERS | changed), ".epub")


def test_a_page_that_comes_again_and_again_is_read_once() -> None:
    again = PACKAGE.replace('<itemref idref="a"/>', '<itemref idref="a"/>' * 10_000)
    assert items(packed(MEMBERS | {"OEBPS/book.opf": again}), ".epub") == items(packed(MEMBERS), ".epub")


def test_a_book_larger_than_a_file_may_be_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    from indexer.readers.formats import epub

    monkeypatch.setattr(epub, "MAX_BYTES", 200)
    found, error = items(packed(MEMBERS), ".epub")
    assert isinstance(found, Script)
    assert isinstance(error, ReadingError)
    assert "its pages are larger than" in error.reason


def talk(guest: str) -> list[str]:
    return [f"记者：{guest}好吗？", f"{guest}：好。", "记者：真的？", f"<b>{guest}：</b>真的。"]


def book(*pages: str) -> bytes:
    """Return an e-book of these pages."""
    items = "".join(f'<item id="i{n}" href="{n}.xhtml" media-type="application/xhtml+xml"/>' for n in range(len(pages)))
    spine = "".join(f'<itemref idref="i{n}"/>' for n in range(len(pages)))
    start, end = PACKAGE.index("<manifest>"), PACKAGE.index("</package>")
    package = f"{PACKAGE[:start]}<manifest>{items}</manifest><spine>{spine}</spine>{PACKAGE[end:]}"
    members = {"META-INF/container.xml": CONTAINER, "OEBPS/book.opf": package}
    return packed(members | {f"OEBPS/{n}.xhtml": text for n, text in enumerate(pages)})


def headed(title: str, *paragraphs: str) -> str:
    return page(*paragraphs).replace("<body>", f"<body><h1>{title}</h1>")


def test_a_collection_is_an_interview_a_chapter_and_the_rest_together() -> None:
    found = items(
        book(
            page("封面"),
            headed("序", "写在前面。"),
            headed("何苗：书店十年", *talk("何苗")),
            page("记者：后来呢？", "何苗：后来就这样。"),
            headed("陆远舟：电池", *talk("陆远舟")),
            headed("后记", "谢谢。"),
        ),
        ".epub",
    )
    scripts = [item for item in found if isinstance(item, Script)]
    assert [(one.name, len(one.lines)) for one in scripts] == [("", 5), ("何苗：书店十年", 7), ("陆远舟：电池", 5)]
    assert [dict(one.metadata)["title"] for one in scripts] == ["渡口访谈录", "何苗：书店十年", "陆远舟：电池"]
    assert all(dict(one.metadata)["outlet"] == "北岸书局" for one in scripts)
    numbers = sorted(line.number for one in scripts for line in one.lines)
    assert numbers == list(range(1, 18))


@pytest.mark.parametrize(
    "pages",
    [
        (headed("序", "写在前面。"), headed("何苗：书店十年", *talk("何苗")), headed("后记", "谢谢。")),
        (page(*talk("何苗")), page(*talk("何苗")), page(*talk("何苗"))),
        (headed("一", "记者：好吗？", "何苗：好。"), headed("二", "记者：真的？", "何苗：真的。")),
        (headed("甲", "一。"), headed("乙", "二。")),
    ],
)
def test_a_book_that_is_no_collection_stays_whole(pages: tuple[str, ...]) -> None:
    found = script(book(*pages), ".epub")
    assert found.name == ""
    assert dict(found.metadata)["title"] == "渡口访谈录"


def test_a_collection_in_a_zip_file_is_named_by_both() -> None:
    inner = book(headed("甲", *talk("甲明")), headed("乙", *talk("乙明")))
    assert [one.name for one in items(packed({"书.epub": inner}), ".zip") if isinstance(one, Script)] == [
        "书/甲",
        "书/乙",
    ]
