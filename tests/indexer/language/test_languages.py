"""Which language a reader gets: the setting, then the locale."""

import pytest

from indexer.language.languages import Language, language_of, reader_language


@pytest.mark.parametrize(
    ("name", "language"),
    [
        ("zh", "zh-Hans"),
        ("zh_CN", "zh-Hans"),
        ("zh_CN.UTF-8", "zh-Hans"),
        ("zh_SG.utf8@pinyin", "zh-Hans"),
        ("zh-Hans", "zh-Hans"),
        ("ZH_HANS_HK", "zh-Hans"),
        ("zh_TW.Big5", "zh-Hant"),
        ("zh_HK", "zh-Hant"),
        ("zh_MO", "zh-Hant"),
        (" zh-hant ", "zh-Hant"),
        ("zh-Hant-CN", "zh-Hant"),
        ("en_GB.UTF-8", "en"),
        ("C.UTF-8", "en"),
        ("POSIX", "en"),
        ("fr_FR", None),
        ("zhuang", None),
        ("中文", None),
        ("", None),
    ],
)
def test_names_of_locales(name: str, language: str | None) -> None:
    assert language_of(name) == language


@pytest.mark.parametrize(
    ("setting", "environment", "language"),
    [
        ("", {}, "en"),
        ("", {"LANG": "zh_CN.UTF-8"}, "zh-Hans"),
        ("", {"LANG": "zh_CN.UTF-8", "LC_MESSAGES": "zh_TW.UTF-8"}, "zh-Hant"),
        ("", {"LANG": "zh_CN.UTF-8", "LC_MESSAGES": "zh_TW.UTF-8", "LC_ALL": "en_US.UTF-8"}, "en"),
        ("", {"LANG": "zh_CN.UTF-8", "LC_ALL": ""}, "zh-Hans"),
        ("", {"LANG": "zh_CN.UTF-8", "LC_CTYPE": "en_US.UTF-8"}, "zh-Hans"),
        ("", {"LANG": "en_US.UTF-8", "LANGUAGE": "zh_TW:en"}, "zh-Hant"),
        ("", {"LANG": "zh_TW.UTF-8", "LANGUAGE": "fr:en:zh"}, "en"),
        ("", {"LANG": "zh_TW.UTF-8", "LANGUAGE": "fr:de"}, "zh-Hant"),
        ("", {"LANG": "C", "LANGUAGE": "zh_CN"}, "en"),  # a program that reads output says LC_ALL=C
        ("", {"LC_ALL": "C.UTF-8", "LANG": "zh_CN.UTF-8", "LANGUAGE": "zh_CN"}, "en"),
        ("", {"LANGUAGE": "zh_CN"}, "en"),
        ("", {"LANG": "fr_FR.UTF-8"}, "en"),
        ("zh_TW", {"LC_ALL": "C"}, "zh-Hant"),
        ("en", {"LANG": "zh_CN.UTF-8"}, "en"),
        ("klingon", {"LANG": "zh_CN.UTF-8"}, "zh-Hans"),
    ],
)
def test_the_setting_comes_before_the_locale(setting: str, environment: dict[str, str], language: str) -> None:
    assert reader_language(setting, environment) is Language(language)
