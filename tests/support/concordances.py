"""Concordances and collocates for tests of their output."""

from typing import Any

from search_cli.kwic.collocates import Collocate, Collocates
from search_cli.kwic.concordance import Concordance, Occurrence

COLLOCATES = (
    Collocate("合作", 5, 0, 5, 6, 0.0735, 38.83),
    Collocate("qq空间", 1200, 2, 1198, 3800, 465.6, 20.71),
    Collocate("很", 3, 2, 1, 90, 3.66, -0.13),
)


def collocates(*found: Collocate, **changes: Any) -> Collocates:
    fields: dict[str, Any] = {
        "query": "小米",
        "collocates": found,
        "found": len(found),
        "occurrences": 14,
        "turns": 8,
        "interviews": 4,
        "near_words": 128,
        "archive_words": 3_186_068,
        "archive_interviews": 15,
        "words": ("小米",),
        "also": (),
        "window": 5,
        "least": 2,
        "function_words": False,
        "match": "most",
    }
    return Collocates(**{**fields, **changes})


def occurrence(
    left: str, keyword: str, right: str, speaker: str = "郑志昊", address: str = "qzone-xiaomi#3"
) -> Occurrence:
    interview, _, number = address.rpartition("#")
    return Occurrence(
        left,
        keyword,
        right,
        speaker,
        "interviewee" if speaker else "narration",
        "2013-08-02",
        address,
        interview,
        int(number),
        len(left),
        len(left) + len(keyword),
        "搜狐IT",
        "与小米手机合作发布红米手机",
    )


def concordance(*lines: Occurrence, query: str = "小米", **changes: Any) -> Concordance:
    short = {line.interview_id: line.interview_id.partition("-")[0] for line in lines}
    fields: dict[str, Any] = {
        "query": query,
        "lines": lines,
        "occurrences": len(lines),
        "turns": len(lines),
        "interviews": len(short),
        "archive_interviews": 15,
        "words": (query,),
        "also": (),
        "match": "most",
        "sort": "position",
        "short": short,
    }
    return Concordance(**{**fields, **changes})
