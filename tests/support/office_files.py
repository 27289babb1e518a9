"""Office documents, mails and chats for tests, made by hand as the programs write them."""

from base64 import b64encode
from collections.abc import Iterable, Sequence
from email.header import Header
from html import escape
from io import BytesIO
from quopri import encodestring

from tests.support.sources import packed

_ODF = " ".join(
    f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{urn}:1.0"'
    for name, urn in (
        ("office", "office"), ("style", "style"), ("text", "text"), ("table", "table"), ("draw", "drawing"),
        ("fo", "xsl-fo-compatible"), ("meta", "meta"),
    )
)  # fmt: skip
_STYLES = (
    '<style:style style:name="B" style:family="text"><style:text-properties fo:font-weight="bold"/></style:style>'
    '<style:style style:name="H" style:family="text"><style:text-properties text:display="none"/></style:style>'
    '<style:style style:name="P9" style:family="paragraph" style:parent-style-name="Title"/>'
)


def of_odf(body: str, kind: str = "text", title: str = "") -> bytes:
    """Return an OpenDocument file whose body is this XML: style B is bold, H hidden, P9 a title."""
    head = f"<office:document-content {_ODF}><office:automatic-styles>{_STYLES}</office:automatic-styles>"
    content = f"{head}<office:body><office:{kind}>{body}</office:{kind}></office:body></office:document-content>"
    dc = 'xmlns:dc="http://purl.org/dc/elements/1.1/"'
    meta = f"<office:document-meta {_ODF} {dc}><office:meta><dc:title>{title}</dc:title></office:meta>"
    return packed(
        {
            "mimetype": "application/vnd.oasis.opendocument.text",
            "content.xml": content,
            "meta.xml": f"{meta}</office:document-meta>",
        }
    )


def of_flat_odf(body: str) -> str:
    """Return an OpenDocument file of one piece (.fodt)."""
    return f"<office:document {_ODF}><office:body><office:text>{body}</office:text></office:body></office:document>"


def of_rows(*sheets: Sequence[Sequence[object]]) -> bytes:
    """Return a workbook of these sheets."""
    import openpyxl

    workbook = openpyxl.Workbook()
    for number, rows in enumerate(sheets, start=1):
        sheet = workbook.create_sheet(f"表{number}", number - 1)
        for row in rows:
            sheet.append(list(row))
    file = BytesIO()
    workbook.save(file)
    return file.getvalue()


def of_rich_text(*paragraphs: str, code_page: int = 936, encoding: str = "gb18030") -> bytes:
    """Return a file of rich text; `**` around a stretch sets it in bold."""
    head = rf"{{\rtf1\ansi\ansicpg{code_page}\deff0{{\fonttbl{{\f0\fnil\fcharset134 SimSun;}}}}\pard\f0 "
    return (head + "".join(f"{_runs(text, encoding)}\\par\n" for text in paragraphs) + "}").encode("ascii")


def _runs(text: str, encoding: str) -> str:
    """Return the text of a paragraph, bold stretches in groups."""
    pieces = (rtf_text(piece, encoding) for piece in text.split("**"))
    return "".join(rf"{{\b {piece}}}" if place % 2 else piece for place, piece in enumerate(pieces))


def rtf_text(text: str, encoding: str = "") -> str:
    r"""Return a text as bytes \'xx in an encoding, or as numbers \uN? if that is "" or has not all of it."""
    return "".join(_sign(sign, encoding) for sign in text)


def _sign(sign: str, encoding: str) -> str:
    if sign in "\\{}":
        return f"\\{sign}"
    if " " <= sign <= "~":
        return sign
    try:
        data = sign.encode(encoding or "ascii")
    except UnicodeError:
        units = sign.encode("utf-16-le")
        numbers = (int.from_bytes(units[at : at + 2], "little") for at in range(0, len(units), 2))
        return "".join(f"\\u{number - 0x10000 if number > 0x7FFF else number}?" for number in numbers)
    return "".join(f"\\'{byte:02x}" for byte in data)


def of_mail(text: str, subject: str = "", more: Iterable[str] = (), charset: str = "utf-8") -> bytes:
    """Return a mail with a text in base64; `more` are further header lines."""
    lines = [
        *more, f"Subject: {Header(subject, 'utf-8').encode()}", "Date: Tue, 14 May 2019 21:30:00 +0800",
        "MIME-Version: 1.0", f'Content-Type: text/plain; charset="{charset}"', "Content-Transfer-Encoding: base64",
    ]  # fmt: skip
    return "\n".join(lines).encode() + b"\n\n" + b64encode(text.encode(charset)) + b"\n"


def of_saved_page(page: str) -> bytes:
    """Return a page as Chrome saves it in one file."""
    head = (
        "From: <Saved by Blink>\nSnapshot-Content-Location: https://a.example/1\nSubject: x\nMIME-Version: 1.0\n"
        'Content-Type: multipart/related;\n\ttype="text/html";\n\tboundary="--x"\n\n----x\nContent-Type: text/html\n'
        "Content-Transfer-Encoding: quoted-printable\n\n"
    )
    tail = "\n----x\nContent-Type: image/png\nContent-Transfer-Encoding: base64\n\niVBORw0KGgo=\n----x--\n"
    return head.encode() + encodestring(page.encode()) + tail.encode()


def odf_paragraph(label: str, text: str) -> str:
    """Return a paragraph with a bold label; XML collapses white space, so blanks are written out."""
    return f'<text:p><text:span text:style-name="B">{escape(label)}</text:span>{escape(text)}</text:p>'
