"""What stands on the page of a report, read with another program than wrote it: lxml, from the finished file."""

from dataclasses import dataclass
from pathlib import Path

from lxml import html


@dataclass(frozen=True)
class ReportPage:
    """A page of a report."""

    tree: html.HtmlElement

    @classmethod
    def read(cls, path: Path) -> "ReportPage":
        return cls(html.document_fromstring(path.read_text("utf-8")))

    def text(self, place: str) -> str:
        """The text of an element, its spaces as one."""
        (found,) = self.tree.xpath(f'//*[@id="{place}"]')
        return " ".join(str(found.text_content()).split())

    @property
    def hits(self) -> list[str]:
        """The addresses of the hits, in order."""
        return [str(one) for one in self.tree.xpath('//article//p[@class="place"]/a[@class="address"]/text()')]

    @property
    def ids(self) -> list[str]:
        return [str(one) for one in self.tree.xpath("//@id")]

    def numbers(self, section: str) -> list[list[str]]:
        """The rows of the table that stands beside a chart, its header first."""
        found = self.tree.xpath(f'//section[@id="{section}" or @aria-labelledby="{section}-heading"]//details//tr')
        return [[str(cell.text_content()).strip() for cell in row.xpath("th|td")] for row in found]

    @property
    def lines(self) -> list[list[str]]:
        """The lines of the concordance: turn, speaker, left, word, right."""
        rows = self.tree.xpath('//table[contains(@class, "concordance")]/tbody/tr')
        return [[str(cell.text_content()) for cell in row.xpath("th|td")] for row in rows]
