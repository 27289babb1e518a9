"""The catalogues: complete, in step with the code, and with everything in them that is typed."""

import re
from gettext import GNUTranslations
from io import BytesIO
from itertools import chain

import pytest
from babel.messages.catalog import Message
from babel.messages.pofile import read_po

from indexer.settings.languages import Language
from search_cli.commands.command_table import MODULES
from search_cli.language.translations import catalogue_path, translations
from tests.support import catalogue

CHINESE = (Language.SIMPLIFIED, Language.TRADITIONAL)
COMMANDS = sorted({*chain.from_iterable(MODULES.values()), "node status"}, key=len, reverse=True)
TYPED = re.compile(
    r"--[a-z][a-z-]*"  # options
    rf"|fangtan (?:{'|'.join(COMMANDS)})\b"
    r"|(?:[A-Z]+_)+[A-Z]+(?:=\d)?|\$[A-Z]+"  # variables
    r"|[\w-]+\.(?:toml|txt|md|ndjson)\b|(?<![\w.])\.[a-z]+\b"  # files and their suffixes
    r"|\{\}|(?:https?|tcp)://[\w.:]+|'[a-z]+\[[a-z]+\]'|-(?= is standard input)"
    r"|(?<![\w.,])\d+(?![\w.,]*\d)",  # numbers: defaults, exit codes
    re.ASCII,
)


@pytest.fixture(params=CHINESE, scope="module")
def language(request: pytest.FixtureRequest) -> Language:
    assert isinstance(request.param, Language)
    return request.param


def messages(language: Language) -> list[Message]:
    return [message for message in catalogue.read(language) if message.id]


def unescaped(text: str) -> str:
    """A text without what keeps Rich from taking [ for mark-up."""
    return text.replace("\\[", "[")


def test_every_text_of_the_help_is_translated(language: Language) -> None:
    there = messages(language)
    assert [(message.id, message.context) for message in there] == list(catalogue.texts()), "make locale"
    assert [message.id for message in there if not message.string or message.fuzzy] == []
    assert not catalogue.read(language).obsolete


def test_what_is_typed_stays_as_it_is(language: Language) -> None:
    for message in messages(language):
        text, string = unescaped(str(message.id)), unescaped(str(message.string))
        # 10,000 characters are 一万字
        lost = [one for one in TYPED.findall(text.replace("10,000", "")) if one not in string]
        assert not lost, f"{string} lacks {lost}"


def test_a_translation_has_chinese_punctuation(language: Language) -> None:
    chinese = r"[\u4e00-\u9fff]"
    for message in messages(language):
        wrong = re.findall(rf"{chinese}[,;?!()]|{chinese}[.:](?!\.|{chinese})|[,;?()]{chinese}", str(message.string))
        assert not wrong or message.context, f"{message.string}: {wrong}"


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
    made = "\n".join(catalogue.converted(str(message.string)) for message in messages(Language.SIMPLIFIED))
    for wrong, right in catalogue.exceptions():
        assert wrong in made, f"OpenCC does not write {wrong}: remove the exception for {right}"


def test_the_compiled_catalogue_is_read(language: Language) -> None:
    there = translations(language)
    assert isinstance(there, GNUTranslations)
    assert there.gettext("Filters") in {"筛选", "篩選"}
    assert there.pgettext("metavar", "FILE") in {"文件", "檔案"}
    assert there.gettext("No such text.") == "No such text."
    assert translations(Language.ENGLISH).gettext("Filters") == "Filters"


def test_a_catalogue_that_is_gone_leaves_english(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("search_cli.language.translations.LOCALES", catalogue_path(Language.ENGLISH, ".mo"))
    assert translations(Language.SIMPLIFIED).gettext("Filters") == "Filters"
