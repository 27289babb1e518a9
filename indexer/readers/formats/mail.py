"""E-mails (.eml) and pages that a browser saved as one file (.mhtml, .mht): MIME, by Python's own `email`.

A page is its HTML part, read as a web page. Of a mail the text is read, plain if there is one, with subject, date and
sender; attachments, signatures and the mail that is quoted whole below an answer are annotations. Quoted lines with
answers between them stay in their order, as the questions of an interview by mail:

    > 您从什么时候开始养蜂？                 said by whom the mail answers (To), unless it has labels of its own
    从我父亲那里接过来的。                   said by its sender (From)
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from email.errors import MessageError
from email.message import Message
from email.utils import parseaddr, parsedate_to_datetime
from itertools import pairwise

from indexer.errors import ReadingError
from indexer.language.messages import gettext as _
from indexer.model import Metadata
from indexer.readers import encoding
from indexer.readers.formats import html_page
from indexer.readers.formats.chats import text_log
from indexer.readers.script import Line, Script, split_lines
from indexer.readers.source import Item, Source

_MAX_HEADER, _MAX_NAME = 2000, 200  # characters of a subject, of an address with its name
_MAX_PARTS = 500  # a page with its pictures has some 100
_FAULTS = (AttributeError, IndexError, KeyError, LookupError, MessageError, RecursionError, TypeError, ValueError)
"""What `email` raises for headers and parts that break the rules of MIME."""

_WRITTEN_BY_BROWSER = re.compile(rb"^(?:From: <?Saved by|Snapshot-Content-Location:)", re.IGNORECASE | re.MULTILINE)
_CHARSETS = {"gb2312": "gb18030", "gbk": "gb18030", "x-gbk": "gb18030", "cp936": "gb18030", "big5": "big5hkscs"}
_QUOTE = re.compile(r"(?:[ \t]*>)+[ \t]?")
_SIGNATURE = re.compile(r"-- ?")
_SENT_FROM = re.compile(
    r"(?:发自|發自|來自|传自|從我的|从我的|通过|透過|寄自|sent from|get outlook).{0,40}|获取 Outlook.{0,20}",
    re.IGNORECASE,
)
_ATTRIBUTION = re.compile(
    r".{0,120}(?:写道|寫道|wrote|写到|撰寫|來信)\s*[：:]\s*"
    r"|[-_—= ]{2,}\s*(?:(?:原始?|回[复覆]的?|转发的?|轉寄的?)(?:邮件|郵件|邮件信息)|(?:original|forwarded) message)\s*"
    r"[-_—= ]{2,}",
    re.IGNORECASE,
)
_HEADER_LINE = re.compile(
    r"\*?(?:发件人|寄件者|寄件人|收件人|收件者|发送时间|寄件日期|日期|主题|主旨|抄送|副本|from|sent|to|date|subject|cc)\*?\s*[：:].*",
    re.IGNORECASE,
)
_LABEL = re.compile(r"[^\s：:，。？！]{1,14}[：:]")


def read(source: Source) -> Iterator[Item]:
    """Yield the transcript of a mail or a saved page."""
    data = source.read_bytes()
    try:
        message = _parse(data, source)
        if _WRITTEN_BY_BROWSER.search(data[:4000]) or source.suffix in (".mht", ".mhtml"):
            yield _page(message, source)
        else:
            yield _mail(message, source)
    except _FAULTS as error:
        raise ReadingError(source.name, _("not a mail or a saved page: its MIME parts are damaged")) from error


def _parse(data: bytes, source: Source) -> Message:
    """Parse a message; raise `ReadingError` for one of too many parts, as each costs time for every line.

    Not with the policy that decodes headers: it takes minutes for a subject of a megabyte.
    """
    from email import message_from_bytes

    if data.lower().count(b"boundary=") > _MAX_PARTS // 10 or data.lower().count(b"content-type:") > _MAX_PARTS * 10:
        raise ReadingError(source.name, _("more than {number} parts, too many for a mail").format(number=_MAX_PARTS))
    return message_from_bytes(data)


def _page(message: Message, source: Source) -> Script:
    """Return the transcript of the page in a file that a browser saved."""
    pages = [part for part in message.walk() if part.get_content_type() in ("text/html", "application/xhtml+xml")]
    if not pages:
        next_step = _("Save the page as .html or .txt.")
        raise ReadingError(source.name, _("there is no page in it"), next_step=next_step)
    script = html_page.parse_checked(_text(pages[0], source), source)
    if chat := text_log.parse_page(script.lines):
        return chat
    address = _header(message, "Snapshot-Content-Location")
    has_address = any(key == "url" for key, _value in script.metadata) or not address.startswith("http")
    return script if has_address else replace(script, metadata=(*script.metadata, ("url", address)))


def _mail(message: Message, source: Source) -> Script:
    """Return the transcript of a mail."""
    attached = [name for part in message.walk() if (name := _file_name(part))]
    lines, metadata = _body(message, source)
    if not any(line.text.strip() for line in lines):
        only_attached = _("a mail with nothing but attachments: {names}").format(names=", ".join(attached)[:120])
        reason = only_attached if attached else _("an empty mail")
        raise ReadingError(source.name, reason, next_step=_("Save the attachments, and name their folder."))
    classified = _classified(lines)
    attachments = [
        Line(len(lines) + index, f"附件：{name}", kind="annotation") for index, name in enumerate(attached, start=1)
    ]
    voices = _name(message, "To") or "问", _name(message, "From") or "答"
    return Script((*_with_voices(classified, voices), *attachments), (*_metadata(message), *metadata))


def _body(message: Message, source: Source) -> tuple[Sequence[Line], Metadata]:
    """Return the lines of the text of a mail; of its page if there is no plain text, or hardly any."""
    parts = [part for part in message.walk() if not part.is_multipart() and not _file_name(part)]
    plain = next((part for part in parts if part.get_content_type() == "text/plain"), None)
    page = next((part for part in parts if part.get_content_type() == "text/html"), None)
    text = _text(plain, source) if plain is not None else ""
    if page is None or len(text.strip()) > 20:
        return [line for line in map(_unquoted, split_lines(text)) if line.text.strip()], ()
    script = html_page.parse_checked(_text(page, source), source)
    return script.lines, tuple((key, value) for key, value in script.metadata if key not in ("title", "date"))


def _unquoted(line: Line) -> Line:
    """Return a line of plain text without its marks of quotation."""
    mark = _QUOTE.match(line.text)
    return replace(line, text=line.text[mark.end() :], kind="quote") if mark else line


def _text(part: Message, source: Source) -> str:
    """Decode the text of a part: in the character set that it declares, or else the one it reads like Chinese in."""
    data = part.get_payload(decode=True)
    if not isinstance(data, bytes):
        return ""
    is_short = len(str(part.get("Content-Type", ""))) <= _MAX_HEADER
    charset = str(part.get_content_charset() or "").lower() if is_short else ""
    try:
        return data.decode(source.encoding or _CHARSETS.get(charset, charset) or "utf-8")
    except (LookupError, ValueError):
        return encoding.decode(data, replace(source, encoding="")).text


def _header(message: Message, name: str) -> str:
    """Return the decoded text of a header, "" if there is none; of a long one only the start."""
    from email.header import decode_header, make_header

    printed = str(message.get(name, ""))[:_MAX_HEADER]
    try:
        decoded = str(make_header(decode_header(printed)))
    except (LookupError, ValueError, MessageError):
        decoded = printed
    return " ".join(decoded.encode("utf-8", "replace").decode("utf-8").split())


def _file_name(part: Message) -> str:
    """Return the name of an attachment, "" for a part that is none."""
    if max(len(str(part.get(name, ""))) for name in ("Content-Type", "Content-Disposition")) > _MAX_HEADER:
        return part.get_content_type()
    disposition = part.get_content_disposition()
    printed = part.get_filename() or (part.get_content_type() if disposition == "attachment" else "")
    is_shown = disposition == "inline" and part.get_content_maintype() != "application"
    return "" if is_shown else _header(_named(printed), "Name")


def _named(name: str) -> Message:
    """Return a message whose header Name is a file name: mail programs encode it as they do subjects."""
    message = Message()
    message["Name"] = name.replace("\n", " ").replace("\r", " ")
    return message


def _name(message: Message, header: str) -> str:
    """Return the name of the first address in a header, "" if it has none."""
    return parseaddr(_header(message, header)[:_MAX_NAME])[0].strip()


def _metadata(message: Message) -> Iterator[tuple[str, str]]:
    """Yield subject and date."""
    if subject := _header(message, "Subject"):
        yield "title", subject
    try:
        yield "date", parsedate_to_datetime(_header(message, "Date")).date().isoformat()
    except (ValueError, TypeError, OverflowError):
        return


def _classified(lines: Sequence[Line]) -> list[Line]:
    """Return the lines of a mail, its signature and the mail quoted whole below it as annotations."""
    result = list(lines)
    below = _quoted_mail(lines)
    for index in range(below, len(result)):
        result[index] = replace(result[index], kind="annotation")
    signature = next((n for n, line in enumerate(lines[:below]) if _SIGNATURE.fullmatch(line.text)), below)
    for index, line in enumerate(lines[:below]):
        text = line.text.strip()
        if (index >= signature and line.kind != "quote") or _SENT_FROM.fullmatch(text) or _ATTRIBUTION.fullmatch(text):
            result[index] = replace(line, kind="annotation")
    return result


def _quoted_mail(lines: Sequence[Line]) -> int:
    """Return the index of the line from which on there is only a quoted mail, the number of lines if nowhere.

    It is the last line that tells who wrote what follows, if no line behind it is the sender's own.
    """
    for index in reversed(range(len(lines))):
        line = lines[index]
        heads = all(_HEADER_LINE.fullmatch(one.text.strip()) for one in lines[index : index + 3])
        if line.kind == "quote" or not (
            _ATTRIBUTION.fullmatch(line.text.strip()) or (heads and len(lines) > index + 2)
        ):
            continue
        behind = lines[index + 1 :]
        is_quoted = all(one.kind == "quote" for one in behind) or not any(one.kind == "quote" for one in behind)
        return _first_head(lines, index) if is_quoted else len(lines)
    return len(lines)


def _first_head(lines: Sequence[Line], index: int) -> int:
    """Return the index of the first of the header lines that end at `index`."""
    while index and (
        _HEADER_LINE.fullmatch(lines[index - 1].text.strip()) or _ATTRIBUTION.fullmatch(lines[index - 1].text.strip())
    ):
        index -= 1
    return index


def _with_voices(lines: Sequence[Line], voices: tuple[str, str]) -> list[Line]:
    """Return the lines of a mail with its two voices, if quoted lines and answers alternate without labels."""
    spoken = [line for line in lines if line.kind != "annotation" and line.text.strip()]
    changes = sum(one.kind == "quote" and other.kind != "quote" for one, other in pairwise(spoken))
    if changes < 2 or any(_LABEL.match(line.text) for line in spoken if line.kind == "quote"):
        return list(lines)
    first = next(index for index, line in enumerate(lines) if line.kind == "quote")
    return [
        line
        if index < first or line.kind == "annotation"
        else replace(line, kind="", label=voices[line.kind != "quote"])
        for index, line in enumerate(lines)
    ]
