"""An e-book for tests, written by hand: its members by name; `sources.packed` makes a file of them."""

CONTAINER = """<?xml version="1.0"?><container xmlns="urn:oasis:names:tc:opendocument:xmlns:container" version="1.0">
<rootfiles><rootfile full-path="OEBPS/book.opf" media-type="application/oebps-package+xml"/></rootfiles></container>"""
PACKAGE = """<?xml version="1.0"?><package xmlns="http://www.idpf.org/2007/opf" version="3.0">
<metadata xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>渡口访谈录</dc:title><dc:creator>佟鸥</dc:creator>
<dc:publisher>北岸书局</dc:publisher><dc:date>2021-05-06</dc:date><dc:source>urn:isbn:1</dc:source>
<dc:source>https://example.org/book</dc:source></metadata>
<manifest><item id="b" href="text/%E4%BA%8C.xhtml" media-type="application/xhtml+xml"/>
<item id="a" href="text/one.xhtml" media-type="application/xhtml+xml"/>
<item id="n" href="nav.xhtml" properties="nav" media-type="application/xhtml+xml"/>
<item id="p" href="p.png" media-type="image/png"/></manifest>
<spine><itemref idref="n"/><itemref idref="a"/><itemref idref="p"/><itemref idref="b"/><itemref idref="none"/></spine>
</package>"""


def page(*paragraphs: str) -> str:
    """Return a page of these paragraphs, written in XHTML."""
    body = "".join(f"<p>{text}</p>" for text in paragraphs)
    return f'<?xml version="1.0"?><html xmlns="http://www.w3.org/1999/xhtml"><body>{body}</body></html>'


MEMBERS: dict[str, bytes | str] = {
    "mimetype": "application/epub+zip",
    "META-INF/container.xml": CONTAINER,
    "OEBPS/book.opf": PACKAGE,
    "OEBPS/nav.xhtml": page("目录"),
    "OEBPS/text/one.xhtml": page("记者：好吗？", "<b>何苗：</b>好。"),
    "OEBPS/text/二.xhtml": page("记者：后来呢？"),
    "OEBPS/p.png": b"\x89PNG",
}
