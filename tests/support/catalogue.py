"""The catalogues: `python -m tests.support.catalogue` (`make locale`) takes in what help and the code say now.

zh_Hans is written by hand. zh_Hant is made from it by OpenCC and a list of exceptions, and both are compiled.
"""

import ast
import re
import sys
from collections.abc import Iterator, Mapping
from functools import cache
from gettext import NullTranslations
from io import BytesIO
from pathlib import Path

import typer
from babel.messages.catalog import Catalog, Message
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po
from jinja2.ext import babel_extract
from opencc import OpenCC
from typer.core import TyperCommand, TyperGroup
from typer.main import get_command

from indexer.language.languages import Language
from indexer.language.translations import DOMAIN, LOCALES, catalogue_path
from search_cli.app import app
from search_cli.commands.translated_help import translated_command, typer_words
from tests.support.doc_outputs import ROOT

PACKAGES = ("indexer", "search_cli")
"""The folders whose modules and templates show texts."""

Text = str | tuple[str, str]
"""A text, or one for one thing and one for several."""

_NUMBER_OF_TEXTS = {"_": 1, "gettext": 1, "gettext_noop": 1, "ngettext": 2, "ngettext_noop": 2, "pgettext": 2}
"""How many texts a function of `indexer.language.messages` is given."""

_QUOTED = re.compile("“(?! )([^”]*)”")
"""What stands between the quotation marks of the mainland; Taiwan has its own."""

EXCEPTIONS = LOCALES / "zh_Hant/exceptions.txt"
"""What OpenCC writes, a tab, and what is to be written."""


class _Catalogue(Catalog):
    """A catalogue whose header changes neither with the day nor with the version of Babel."""

    def _get_mime_headers(self) -> list[tuple[str, str]]:
        """The header: the language, and how the file is encoded."""
        return [
            ("Language", str(self.locale_identifier)),
            ("MIME-Version", "1.0"),
            ("Plural-Forms", "nplurals=1; plural=0;"),
            ("Content-Type", "text/plain; charset=utf-8"),
            ("Content-Transfer-Encoding", "8bit\n"),
        ]


class Recorder(NullTranslations):
    """Translates nothing, and notes what it is asked: text, context and the first command that shows it."""

    def __init__(self) -> None:
        super().__init__()
        self.command = ""
        self.asked: dict[tuple[str, str | None], str] = {}

    def gettext(self, message: str) -> str:
        """Note a text."""
        return self.pgettext(None, message)

    def pgettext(self, context: str | None, message: str) -> str:
        """Note a text in a context."""
        if message:
            self.asked.setdefault((message, context), self.command)
        return message


def commands() -> Iterator[tuple[str, TyperCommand | TyperGroup]]:
    """Yield fangtan itself, each group and each command, with what is typed for it."""
    return _below("fangtan", get_command(app))


def _below(name: str, command: object) -> Iterator[tuple[str, TyperCommand | TyperGroup]]:
    if isinstance(command, (TyperCommand, TyperGroup)):
        yield name, command
    if isinstance(command, TyperGroup):
        for word, below in command.commands.items():
            yield from _below(f"{name} {word}", below)


def help_texts() -> dict[tuple[str, str | None], str]:
    """Return each text that help shows, and its context, with the first command that shows it."""
    recorder = Recorder()
    for name, command in commands():
        recorder.command = name
        translated_command(command, typer.Context(command, info_name=name), recorder)
    recorder.command = "--help"
    typer_words(recorder)
    return recorder.asked


def texts() -> dict[tuple[Text, str | None], str]:
    """Return each text and its context, with the first command or module that shows it: help, then the code."""
    found: dict[tuple[Text, str | None], str] = dict(help_texts().items())
    for path in sorted(path for package in PACKAGES for path in (ROOT / package).rglob("*")):
        place = path.relative_to(ROOT).as_posix()
        for text, context in _texts_of(path):
            if not _is_plural_of(text, found):
                found.setdefault((text, context), place)
    return found


def _texts_of(path: Path) -> Iterator[tuple[Text, str | None]]:
    """Yield the texts that a module or a template marks for translation, with their contexts."""
    if path.suffix == ".py":
        yield from marked_texts(path.read_text("utf-8"))
    elif path.suffix == ".j2":
        for _, function, message, _ in babel_extract(BytesIO(path.read_bytes()), list(_NUMBER_OF_TEXTS), (), {}):
            yield _text(function, [message] if isinstance(message, str) else [one for one in message or () if one])


def marked_texts(source: str) -> Iterator[tuple[Text, str | None]]:
    """Yield the texts of a module, in their order: Babel's own extractor does not look into f-strings."""
    calls = [node for node in ast.walk(ast.parse(source)) if isinstance(node, ast.Call)]
    for call in sorted(calls, key=lambda call: (call.lineno, call.col_offset)):
        function = call.func.attr if isinstance(call.func, ast.Attribute) else getattr(call.func, "id", "")
        texts = [one.value for one in call.args if isinstance(one, ast.Constant) and isinstance(one.value, str)]
        if len(texts) == _NUMBER_OF_TEXTS.get(function):
            yield _text(function, texts)


def _text(function: str, texts: list[str]) -> tuple[Text, str | None]:
    """Return what a function of gettext is given: a text, or two for a number of things, and its context."""
    if function == "pgettext":
        return texts[1], texts[0]
    return (texts[0] if len(texts) == 1 else (texts[0], texts[1])), None


def _is_plural_of(text: Text, found: Mapping[tuple[Text, str | None], str]) -> bool:
    """Check whether a text is there with another form for several: gettext has one entry for both."""
    first = text if isinstance(text, str) else text[0]
    return any(not isinstance(there, str) and there[0] == first for there, _ in found)


def read(language: Language) -> Catalog:
    """Return a catalogue as it lies there."""
    with catalogue_path(language, ".po").open("rb") as stream:
        return read_po(stream, locale=language.replace("-", "_"), domain=DOMAIN)


def merged(catalogue: Catalog) -> Catalog:
    """Return a catalogue with the texts of the code: new ones empty, old ones gone, in the order of the commands."""
    result = _empty(Language.SIMPLIFIED)
    for (text, context), command in texts().items():
        there = catalogue.get(text, context)
        result.add(text, there.string if there else "", context=context, auto_comments=[command])
    return result


def traditional(simplified: Catalog) -> Catalog:
    """Return the catalogue in Traditional characters and the words of Taiwan."""
    pairs = exceptions()
    result = _empty(Language.TRADITIONAL)
    for message in simplified:
        if not message.id:
            continue
        string = converted(chinese(message))
        for wrong, right in pairs:
            string = string.replace(wrong, right)
        string = _QUOTED.sub(r"「\1」", string)
        result.add(
            message.id,
            string if isinstance(message.id, str) else (string,),
            context=message.context,
            auto_comments=message.auto_comments,
        )
    return result


def chinese(message: Message) -> str:
    """Return a translation; Chinese has one for all numbers."""
    return message.string if isinstance(message.string, str) else "".join(message.string or ())


def converted(text: str) -> str:
    """Return what OpenCC makes of a text."""
    result: str = _converter().convert(text)
    return result


@cache
def _converter() -> OpenCC:
    return OpenCC("s2twp")


def exceptions() -> list[tuple[str, str]]:
    """Return what OpenCC writes, with what is to be written, in the order of the file."""
    lines = EXCEPTIONS.read_text("utf-8").splitlines()
    pairs = (line.split("\t") for line in lines if line and not line.startswith("#"))
    return [(wrong, right) for wrong, right in pairs]


def _empty(language: Language) -> Catalog:
    """Return a catalogue without texts."""
    catalogue = _Catalogue(locale=language.replace("-", "_"), domain=DOMAIN, fuzzy=False)
    catalogue.header_comment = "# What fangtan shows. `make locale` takes in new texts, and makes zh_Hant from zh_Hans."
    return catalogue


def written(catalogue: Catalog) -> bytes:
    """Return the .po of a catalogue."""
    stream = BytesIO()
    write_po(stream, catalogue, width=120, no_location=True, ignore_obsolete=True)
    return stream.getvalue()


def compiled(catalogue: Catalog) -> bytes:
    """Return the .mo of a catalogue."""
    stream = BytesIO()
    write_mo(stream, catalogue)
    return stream.getvalue()


def files() -> dict[Path, bytes]:
    """Return all files of the catalogues as they are to be."""
    simplified = merged(read(Language.SIMPLIFIED))
    catalogues = {Language.SIMPLIFIED: simplified, Language.TRADITIONAL: traditional(simplified)}
    made = (
        (language, suffix, make) for language in catalogues for suffix, make in ((".po", written), (".mo", compiled))
    )
    return {catalogue_path(language, suffix): make(catalogues[language]) for language, suffix, make in made}


def main() -> None:
    """Write the catalogues anew, and say which texts are not translated."""
    for path, content in files().items():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
        sys.stdout.write(f"{path.relative_to(ROOT)} written\n")
    missing = [str(message.id) for message in read(Language.SIMPLIFIED) if message.id and not chinese(message)]
    sys.stdout.writelines(f"not translated: {text}\n" for text in missing)


if __name__ == "__main__":
    main()
