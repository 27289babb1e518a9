"""Metadata of web pages: the title without the name of the site."""

import pytest

from indexer.readers.formats import html_page
from indexer.readers.formats.html_metadata import without_site_name


@pytest.mark.parametrize(
    ("printed", "expected"),
    [
        ("渡船上的图书馆_文化频道_某网", "渡船上的图书馆"),
        ("渡船上的图书馆 - 某网", "渡船上的图书馆"),
        ("渡船上的图书馆-文化中心-中国某某网", "渡船上的图书馆"),
        ("渡船上的图书馆|某报", "渡船上的图书馆"),
        ("渡船上的图书馆 - 北岸文学 - 豆瓣", "渡船上的图书馆"),
        ("专访｜渡船上的图书馆", "专访｜渡船上的图书馆"),
        ("专访｜渡船上的图书馆_某网", "专访｜渡船上的图书馆"),
        ("不卖早饭的店——访第三代店主", "不卖早饭的店——访第三代店主"),
        ("2018-12-03 經濟日報訪問", "2018-12-03 經濟日報訪問"),
        ("渡船上的图书馆", "渡船上的图书馆"),
        ("  渡船上的\n图书馆 ", "渡船上的 图书馆"),
        ("无标题文档", ""),
        ("首页", ""),
        ("_", "_"),
        ("", ""),
    ],
)
def test_a_site_is_no_part_of_a_title(printed: str, expected: str) -> None:
    assert without_site_name(printed) == expected


def test_the_title_of_a_page_comes_without_its_site() -> None:
    page = "<html><head><title>渡船上的图书馆_文化频道_某网</title></head><body><p>问：好？</p></body></html>"
    assert dict(html_page.parse_page(page).metadata)["title"] == "渡船上的图书馆"
    assert "title" not in dict(
        html_page.parse_page(page.replace("渡船上的图书馆_文化频道_某网", "Untitled Document")).metadata
    )
