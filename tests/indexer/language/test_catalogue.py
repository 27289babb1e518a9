"""The catalogues: complete, in step with the code, and with everything in them that is typed."""

import re
from gettext import GNUTranslations
from inspect import cleandoc
from io import BytesIO
from itertools import chain
from string import Formatter

import pytest
from babel.messages.catalog import Message
from babel.messages.pofile import read_po

from indexer.language.languages import Language
from indexer.language.translations import catalogue_path, translations
from search_cli.commands.command_table import MODULES
from tests.support import catalogue

CHINESE = (Language.SIMPLIFIED, Language.TRADITIONAL)
COMMANDS = sorted({*chain.from_iterable(MODULES.values()), "node status"}, key=len, reverse=True)
TYPED = re.compile(
    r"--[a-z][a-z-]*"  # options
    rf"|fangtan (?:{'|'.join(COMMANDS)})\b"
    r"|(?:[A-Z]+_)+[A-Z]+(?:=\d)?|\$[A-Z]+"  # variables
    r"|[\w-]+\.(?:toml|txt|md|ndjson)\b|(?<![\w.])\.[a-z]+\b"  # files and their suffixes
    r"|\{\}|(?:https?|tcp)://(?:[\w.:]*\w)?|'[a-z]+\[[a-z]+\]'|-(?= is standard input)"
    r"|(?<![\w.,])\d+(?![\w.,]*\d)",  # numbers: defaults, exit codes
    re.ASCII,
)


@pytest.fixture(params=CHINESE, scope="module")
def language(request: pytest.FixtureRequest) -> Language:
    assert isinstance(request.param, Language)
    return request.param


def messages(language: Language) -> list[Message]:
    return [message for message in catalogue.read(language) if message.id]


def english(message: Message) -> str:
    """The text; that for several, if there are two."""
    return message.id if isinstance(message.id, str) else str(message.id[-1])


def both(message: Message) -> tuple[str, str]:
    return english(message), catalogue.chinese(message)


def unescaped(text: str) -> str:
    """A text without what keeps Rich from taking [ for mark-up."""
    return text.replace("\\[", "[")


def test_every_text_is_translated(language: Language) -> None:
    there = messages(language)
    assert [(message.id, message.context) for message in there] == list(catalogue.texts()), "make locale"
    assert [message.id for message in there if not catalogue.chinese(message) or message.fuzzy] == []
    assert not catalogue.read(language).obsolete


def test_what_is_typed_stays_as_it_is(language: Language) -> None:
    for message in messages(language):
        text, string = unescaped(english(message)), unescaped(catalogue.chinese(message))
        # 10,000 characters, or 10k, are 一万字; 1 in 10,000 is 万分之一
        lost = [one for one in TYPED.findall(re.sub("(?:1 in )?10,000|10k", "", text)) if one not in string]
        assert not lost, f"{string} lacks {lost}"


def test_what_is_filled_in_stays(language: Language) -> None:
    for message in messages(language):
        if message.context == "metavar" or english(message) == "[default: {}]":  # Typer's own
            continue
        names = [sorted(one for _, one, _, _ in Formatter().parse(text) if one) for text in both(message)]
        assert names[0] == names[1], message.id


def test_a_translation_has_chinese_punctuation(language: Language) -> None:
    chinese = r"[\u4e00-\u9fff]"
    for message in messages(language):
        string = catalogue.chinese(message)
        wrong = re.findall(rf"{chinese}[,;?!()]|{chinese}[.:](?!\.|{chinese})|[,;?()]{chinese}", string)
        assert not wrong or message.context, f"{string}: {wrong}"


def test_the_files_are_those_that_make_locale_writes() -> None:
    for path, content in catalogue.files().items():
        there = path.read_bytes()
        if path.suffix == ".mo":
            assert there == content, "make locale"
        else:  # how its lines are wrapped depends on the version of Babel
            now, then = (read_po(BytesIO(one)) for one in (there, content))
            assert [(one.id, one.context, one.string) for one in now] == [
                (one.id, one.context, one.string) for one in then
            ], "make locale"


def test_every_exception_is_needed() -> None:
    made = "\n".join(catalogue.converted(catalogue.chinese(message)) for message in messages(Language.SIMPLIFIED))
    for wrong, right in catalogue.exceptions():
        assert wrong in made, f"OpenCC does not write {wrong}: remove the exception for {right}"


def test_texts_are_found_wherever_they_are_marked() -> None:
    source = """
        one = _("a {b}" " c").format(b=f"{_('inside')}")
        two = messages.ngettext("{number} day", "{number} days", found), gettext(variable), re.sub("x", "y", text)
        three = {"a": gettext_noop("kept"), "b": ngettext_noop("1", "2")}, pgettext("a file", "Open")
    """
    assert list(catalogue.marked_texts(cleandoc(source))) == [
        ("a {b} c", None),
        ("inside", None),
        (("{number} day", "{number} days"), None),
        ("kept", None),
        (("1", "2"), None),
        ("Open", "a file"),
    ]


def test_the_compiled_catalogue_is_read(language: Language) -> None:
    there = translations(language)
    assert isinstance(there, GNUTranslations)
    assert there.gettext("Filters") in {"筛选", "篩選"}
    assert there.pgettext("metavar", "FILE") in {"文件", "檔案"}
    assert there.gettext("No such text.") == "No such text."
    assert translations(Language.ENGLISH).gettext("Filters") == "Filters"


def test_a_catalogue_that_is_gone_leaves_english(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("indexer.language.translations.LOCALES", catalogue_path(Language.ENGLISH, ".mo"))
    assert translations(Language.SIMPLIFIED).gettext("Filters") == "Filters"
