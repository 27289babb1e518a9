"""Every output of the command line: what is typed to see it, and what "nothing but text" means in its form.

A new command joins with a line in `EXAMPLES`, a new form (--json, --format trec, --style markdown) with one in `FORMS`;
tests/search_cli/test_outputs.py fails until they do. tests/elastic/test_cli_hostile.py then shows each of them an
archive that is as hostile as can be.
"""

import csv
import io
import json
import re
import subprocess
import tempfile
import tomllib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import unquote
from xml.etree import ElementTree
from zipfile import ZipFile, is_zipfile

import orjson
import tomlkit
from markdown_it import MarkdownIt
from selectolax.lexbor import LexborHTMLParser as HTMLParser
from typer.main import get_command

from indexer.text.printable import plain
from search_cli.app import app
from search_cli.commands.output import SUFFIXES

EXAMPLES: dict[str, tuple[str, ...]] = {
    "search": (
        "红米手机 --facet speaker --facet topic --facet outlet --facet author",
        "小米 --context 2 --full",
        "小米 --per speaker",
        "没有{evil}",
        "小米 --speaker 郑志{evil}",
        "'\"{evil}'",
    ),
    "browse": ("小米{evil}",),
    "exchanges": ("小米",),
    "export": ("小米", "小米 --fields {evil}", "没有{evil} --output {out}/{evil}.csv", "小米 --output {out}/a.{evil}"),
    "facets": ("speaker 小米", "topic outlet", "keyword", "没有{evil}"),
    "report": ("小米 -o {out}/{evil}.html", "没有{evil} -o {out}/none.html"),
    "kwic": ("手机", "手机 --collocates --min 1", "手机 --count speaker,outlet"),
    "show": ("evil#2", "evil", "copy --version", "copy --diff", "evil{evil}#1", "evil#2 --context 1"),
    "quote": ("红米手机", "没有人这么说过这样的话{evil}", "{article}"),
    "similar": ("evil#2",),
    "why": ("evil#2 小米", "evil#4 红米手机", "evil#2 小米{evil}"),
    "save": ("新 小米 --replace", "新 '\"{evil}\"' --replace", "新{evil} 小米", "旧 小米 @没有{evil}"),
    "new": ("", "新 --keep", "没有{evil}"),
    "saved": ("",),
    "saved rename": ("新 新", "没有{evil} 旧", "新 旧{evil}"),
    "saved remove": ("没有{evil}",),
    "tag": ("evil#2 标 --note {evil}", "evil#2 标{evil}", "evil{evil}#1 标"),
    "tags": ("", "--accept", "--drop-lost --yes"),
    "tags rename": ("标 记", "没有{evil} 旧", "记 旧{evil}"),
    "index": ("{broken}",),
    "watch": ("{broken}",),
    "topics learn": ("--dry-run",),
    "topics apply": ("--dry-run",),
    "topics edit": ("--dry-run",),
    "topics rename": ("灯会 灯节 --dry-run", "灯会 灯{evil} --dry-run", "没有{evil} 灯", "灯会 新{evil} --yes"),
    "topics merge": (
        "灯会 {topic} --into 集市 --dry-run",
        "灯会 {topic} --into 集市{evil} --dry-run",
    ),
    "topics split": (
        "灯会 --terms 灯笼 --into 灯笼 --dry-run",
        "灯会 --terms 灯笼 --into 灯{evil} --dry-run",
    ),
    "topics add": ("灯会 红米 --dry-run", "灯{evil} 红米 {evil} --dry-run", "渡船{evil} 红米 {evil} --yes"),
    "topics drop": ("{topic} --dry-run",),
    "parse": ("{file}", "--explain {file}", "{broken}"),
    "correct": ("{file} --dry-run", "{file}", "{file} 'title = {evil}'", "{file} 'line 999: {evil}'"),
    "speakers": ("小米", "--with {speaker}"),
    "topics": ("", "小米"),
    "interviews": ("", "标题"),
    "duplicates": ("",),
    "timeline": ("小米 --split speaker", "没有{evil}"),
    "words": ("小米 --min 1",),
    "compare": ("{speaker} 记者", "搜狐{evil} 没有 --by outlet"),
    "dispersion": ("小米",),
    "speaker": ("{speaker}", "没有{evil}"),
    "topic": ("{topic}", "小{evil}"),
    "speakers suggest": ("", "--accept 王{evil}", "--accept 王{evil}=李{evil}"),
    "speakers apply": ("--dry-run",),
    "status": ("",),
    "embed": ("--drop", ""),
    "backup": ("{out}/{evil}",),
    "restore": ("{out}/{evil}",),
    "node reset": ("",),
    "dict add": ("{evil}", "红米手机{evil} --dry-run"),
    "dict remove": ("{evil}",),
    "dict list": ("",),
    "node status": ("",),
    "node logs": ("",),
    "kibana install": ("--url {nowhere}",),
    "kibana export": ("-", "{out}/{evil}.json"),
}
"""What is typed after each command; the first example is also run in each form that the command has."""

LEFT_OUT = {"node start", "node stop", "mcp"}
"""Commands that print nothing but addresses of their own, or speak a protocol (tests/elastic/test_mcp.py)."""

SWITCHES = {"--all": "--jsonl", "--header": ""}
"""Options that begin with "Print" and are no forms: they go with another, or print nothing of an archive."""


_TABLES = {"--output csv", "--output json", "--output jsonl"}


@dataclass(frozen=True, slots=True)
class Form:
    """A form of output: its check, and what is typed with it; `instead` replaces the example of the command.

    `file` is the name of the file that is written, "" for what is printed; of a zip file, the text of its members.
    """

    check: Callable[[str], None]
    typed: str = ""
    instead: str = ""
    file: str = ""


@dataclass(frozen=True, slots=True)
class Output:
    """What is typed to see an output, and its form."""

    command: str
    example: str
    form: str = "screen"

    @property
    def typed(self) -> str:
        """Return what is typed after `fangtan`."""
        form = FORMS[self.form]
        return f"{self.command} {form.instead or self.example} {form.typed}".strip()

    def __str__(self) -> str:
        return f"{self.command} {self.example if self.form == 'screen' else self.form}"


@cache
def commands() -> dict[str, Any]:
    """Return the commands of the app, as Click has them, by what is typed: search, dict add."""

    def walk(command: Any, typed: str) -> Iterator[tuple[str, Any]]:
        if hasattr(command, "commands"):
            for name, one in command.commands.items():
                yield from walk(one, f"{typed} {name}".strip())
        else:
            yield typed, command

    return dict(walk(get_command(app), ""))


def forms(command: Any) -> Iterator[str]:
    """Yield the forms that a command offers: a switch whose help begins with Print, each --format, --style, file.

    A PNG has no text in it.
    """
    names = {max(option.opts, key=len): option for option in command.params}
    yield "screen"
    for name, option in names.items():
        if name in {"--format", "--style"}:
            yield from (f"{name} {getattr(value, 'value', value)}" for value in option.type.choices)
        elif name == "--output":
            tables = [f"{name} {suffix[1:]}" for suffix, form in SUFFIXES.items() if form in names]
            yield from tables or ([] if "--format" in names else [f"{name} html"])
        elif name == "--svg" or (name not in SWITCHES and str(getattr(option, "help", "")).startswith("Print")):
            yield name


def outputs() -> list[Output]:
    """Return every output: each example on a screen, the first of each command in its other forms."""
    screens = [Output(name, example) for name in commands() for example in EXAMPLES.get(name, ())]
    others = [
        Output(name, EXAMPLES[name][0], form)
        for name, command in commands().items()
        for form in forms(command)
        if name in EXAMPLES and form in FORMS and form != "screen"
        if not (form in _TABLES and name != "search")  # one function writes the files of all
    ]
    return screens + others


def colourless(text: str) -> str:
    """Return what is printed without the colours of our own."""
    return re.sub(r"\x1b\[(?:0|1|2|1;31|31|32|34|36)m", "", text)


def screen(text: str) -> None:
    """Nothing controls the terminal but the colours of our own."""
    for line in colourless(text).split("\n"):
        assert plain(line) == line


def values(content: object) -> Iterator[object]:
    """Yield the keys and values in a JSON value."""
    if isinstance(content, dict):
        for key, value in content.items():
            yield key
            yield from values(value)
    elif isinstance(content, list):
        for value in content:
            yield from values(value)
    else:
        yield content


def json_object(text: str) -> None:
    """One value, which every reader of JSON takes alike, without a character that controls a terminal."""
    screen(text)
    assert json.loads(text) == orjson.loads(text)


def json_lines(text: str) -> None:
    """A value a line, whatever is taken for the end of one."""
    assert text.splitlines() == text.removesuffix("\n").split("\n")
    for line in text.splitlines():
        json_object(line)


def rfc_4180(text: str) -> Iterator[list[str]]:
    """Yield the rows of CSV, read by the grammar of RFC 4180 alone."""
    cell = re.compile(r'(?:"((?:[^"]|"")*)"|([^",\n]*))([,\n])')
    row: list[str] = []
    position = 0
    while position < len(text):
        match = cell.match(text, position)
        assert match, text[position : position + 40]
        row.append((match[1] or "").replace('""', '"') if match[2] is None else match[2])
        position = match.end()
        if match[3] == "\n":
            yield row
            row = []


def csv_table(text: str) -> None:
    """Every row has the cells of the header, and no cell is a formula for any spreadsheet."""
    text = text.removeprefix("\ufeff")
    screen(text)
    rows = list(rfc_4180(text))
    assert rows == list(csv.reader(io.StringIO(text, newline="")))
    assert all(rows[0])
    assert {len(row) for row in rows} == {len(rows[0])}
    number = re.compile(r"-?[0-9.]+(?:e[-+][0-9]+)?")
    for cell in (cell for row in rows for cell in row if not number.fullmatch(cell)):
        assert not cell.lstrip().startswith(tuple("=+-@＝＋－＠"))
        assert not cell.startswith(("\t", "\r", "\n"))


def addresses(text: str) -> None:
    """An address a line."""
    screen(text)
    assert all(re.fullmatch(r"\S+#[0-9]+(?:-[0-9]+)?", line) for line in text.splitlines())


def trec(text: str) -> None:
    """Six columns a line."""
    screen(text)
    assert text
    assert all(len(line.split()) == 6 for line in text.splitlines())


def curl(text: str) -> None:
    """A shell runs curl and nothing else, with a body that is JSON."""
    screen(text)
    run_by_bash(text)
    bodies = re.findall(r"-d '([^']*)'", text)
    assert bodies
    assert all(json.loads(body) for body in bodies)


def markdown(text: str) -> None:
    """No link but to the web, no HTML, no picture: what is not a word is escaped."""
    screen(text)
    cited = re.findall(r"Cite:\s+(.+)", colourless(text))
    assert cited
    for one in cited:
        bare = re.sub(r"\\[!-/:-@\[-`{-~]", "", one)
        assert not re.search(r"[<>`]|!\[", bare)
        assert all(url.startswith(("http://", "https://")) for url in re.findall(r"\]\(([^)]*)\)", bare))


def markdown_document(text: str) -> None:
    """No link but to the web, no HTML, no picture, no code: headings, quotations, and paragraphs of words."""
    screen(text)
    tokens = MarkdownIt("commonmark").enable(["table", "strikethrough"]).parse(text)
    assert {token.type.removesuffix("_open").removesuffix("_close") for token in tokens} <= {
        *("heading", "paragraph", "blockquote", "inline"),
    }
    for child in (child for token in tokens for child in token.children or ()):
        assert child.type in {"text", "text_special", "em_open", "em_close", "strong_open", "strong_close"} or (
            child.type in {"link_open", "link_close"}
            and str(child.attrs.get("href", "https://")).startswith(("http://", "https://"))
        )


def package(text: str) -> None:
    """Documents of XML, without entities, links to elsewhere, formulas, fields or macros."""
    from lxml import etree

    assert "<!" not in text
    for part in text.split(MEMBER)[1:]:
        name, _, content = part.partition("\n")
        screen("" if name == "word/numbering.xml" else content)  # python-docx's own bullets are private characters
        assert re.fullmatch(r"[\w./\[\]-]+", name)
        assert ".." not in name
        if name.endswith((".xml", ".rels", ".qde")):
            root = etree.fromstring(content.encode())
            tags = {etree.QName(one).localname for one in root.iter()}
            assert not tags & {"f", "hyperlink", "fldSimple", "instrText", "object", "script"}
            assert not [one for one in root.iter() if one.get("TargetMode") == "External"]


MEMBER = "=== member "


def file_text(path: Path) -> str:
    """Return the text of a file, or of the members of a zip file, a line with its name before each."""
    if not is_zipfile(path):
        return path.read_text("utf-8")
    with ZipFile(path) as archive:
        texts = (name for name in archive.namelist() if not name.endswith((".jpeg", ".png")))
        return "".join(f"{MEMBER}{name}\n{archive.read(name).decode('utf-8')}" for name in texts)


def html_page(text: str) -> None:
    """A page that does nothing: no script, nothing that is fetched, no link but to the web and to itself."""
    for line in text.split("\n"):
        assert plain(line) == line
    page = HTMLParser(text)
    elements = list(page.css("*"))
    assert not {one.tag for one in elements} & {"script", "iframe", "object", "embed", "img", "link", "base", "form"}
    names = [(name, value or "") for one in elements for name, value in one.attributes.items()]
    assert not [name for name, _ in names if name.startswith("on") or name in {"style", "src", "srcset", "ping"}]
    assert all(value.startswith(("#", "http://", "https://")) for name, value in names if name == "href")
    ids = [value for name, value in names if name == "id"]
    assert len(ids) == len(set(ids))
    assert {unquote(value[1:]) for name, value in names if name == "href" and value.startswith("#")} <= set(ids)


def svg(text: str) -> None:
    """Shapes and text, read as strictly as XML is: no script, no link, nothing that is fetched."""
    for line in text.split("\n"):
        assert plain(line) == line
    elements = list(ElementTree.fromstring(text).iter())
    assert {one.tag.rpartition("}")[2] for one in elements} <= {"svg", "title", "desc", "style", "rect", "text", "line"}
    assert not [name for one in elements for name in one.attrib if "href" in name or name.startswith("on")]
    assert not [one for one in elements if one.tag.endswith("style") and "url(" in (one.text or "")]


FORMS: dict[str, Form] = {
    "screen": Form(screen),
    "--json": Form(json_object, "--json"),
    "--jsonl": Form(json_lines, "--jsonl"),
    "--csv": Form(csv_table, "--csv"),
    "--ids": Form(addresses, "--ids"),
    "--output csv": Form(csv_table, "--output {out}/found.csv", file="found.csv"),
    "--output json": Form(json_object, "--output {out}/found.json", file="found.json"),
    "--output jsonl": Form(json_lines, "--output {out}/found.jsonl", file="found.jsonl"),
    "--format csv": Form(csv_table, "--format csv -o {out}/a", file="a"),
    "--format jsonl": Form(json_lines, "--format jsonl -o {out}/a", file="a"),
    "--format xlsx": Form(package, "--format xlsx -o {out}/a", file="a"),
    "--format markdown": Form(markdown_document, "--format markdown -o {out}/a", file="a"),
    "--format docx": Form(package, "--format docx -o {out}/a", file="a"),
    "--format qdpx": Form(package, "--format qdpx -o {out}/a", file="a"),
    "--output html": Form(html_page, instead="小米 -o {out}/found.html", file="found.html"),
    "--svg": Form(svg, "--svg {out}/found.svg", file="found.svg"),
    "--query": Form(json_object, instead="--query {evil}"),
    "--show-query": Form(curl, "--show-query"),
    "--format trec": Form(trec, "--format trec", instead="--queries {queries}"),
    "--style plain": Form(screen, "--style plain"),
    "--style gb7714": Form(screen, "--style gb7714"),
    "--style markdown": Form(markdown, "--style markdown"),
}


def run_by_bash(script: str) -> None:
    """Run what is suggested in an empty folder, where fangtan, curl and the editor do nothing: nothing may happen."""
    with tempfile.TemporaryDirectory() as folder:
        done = subprocess.run(
            ["bash", "-c", f"fangtan() {{ :; }}; curl() {{ :; }}; EDITOR=true\n{script}"],
            cwd=folder,
            capture_output=True,
            text=True,
            env={"PATH": "/usr/bin:/bin", "LC_ALL": "C.UTF-8"},
        )
        assert done.stderr == ""
        assert not list(Path(folder).iterdir())


def commands_in(text: str) -> Iterator[str]:
    """Yield the commands that a screen suggests."""
    for line in colourless(text).splitlines():
        if found := re.search(r"(?:\$EDITOR|fangtan [a-z]+) .*", line):
            yield found[0].rstrip(".)")


def toml_file(text: str) -> None:
    """Read alike by two libraries; nothing in it controls a terminal or hides in an editor."""
    for line in text.split("\n"):
        assert plain(line) == line
    assert tomllib.loads(text) == tomlkit.parse(text).unwrap()
