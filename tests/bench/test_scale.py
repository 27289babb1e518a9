"""The archives of the scale benchmark: copies that are nobody's duplicates, and arithmetic that adds up."""

import time
from pathlib import Path

from tests.bench.processes import run
from tests.bench.scale_limits import spread, within
from tests.bench.scale_tables import CHINESE, Rows, needs, table
from tests.bench.scale_transcripts import varied, write_copies

TALK = "2019-02-28 公园访谈\n\n记者：请唐远介绍公园。\n\n唐远：公园很大。\n\n记者：还有呢？\n\n唐远：没有了，唐远谢。\n"


def archive(turns: int, store: str, question: str) -> Rows:
    cpu = {"CPU of the client, s": "300", "CPU of the node, s": "600"}
    return {"turns": f"{turns:,}", "store, GB": store, "turns a second": "2,000", "question, ms": question, **cpu}


def test_a_copy_has_other_names_and_another_date() -> None:
    assert varied(TALK, 0) == TALK
    copy = varied(TALK, 1)
    assert copy.startswith("2018-02-28 公园访谈")
    assert copy.count("唐远") == TALK.count("唐远") == copy.count("唐远远")
    assert copy.count("记者：") == 2
    assert len({varied(TALK, number) for number in range(8)}) == 8


def test_as_many_turns_as_asked_for(tmp_path: Path) -> None:
    folder = tmp_path / "talks"
    folder.mkdir()
    for number in range(20):
        (folder / f"{number}.txt").write_text(TALK, encoding="utf-8")
    size = len(TALK.encode())
    part = write_copies(folder, tmp_path / "part", 2)
    assert 2 * 354 <= part < 2 * 354 + size
    whole = write_copies(folder, tmp_path / "whole", 3 * 20 * size // 354)
    assert len([*(tmp_path / "whole").rglob("*.txt")]) == 60
    assert whole == sum(path.stat().st_size for path in (tmp_path / "whole").rglob("*.txt"))


def test_what_ten_million_turns_need() -> None:
    columns = [archive(250_000, "1.20", "30 / 40"), archive(1_000_000, "4.80", "90 / 130")]
    one, three = needs(columns)
    assert (one["disk, GB"], three["disk, GB"]) == ("48", "32")
    assert one["indexing, h"] == "1.4"
    assert one["95 % of questions, ms"] == "1210"  # 130 + 90 / 750,000 * 9,000,000
    assert three["95 % of questions, ms"] == "410"
    english, chinese = (table(needs(columns, chinese=told), chinese=told) for told in (False, True))
    assert english.count("\n") == chinese.count("\n")
    assert "| 磁盘，GB | 48 | 32 |" in chinese
    assert all(name in CHINESE for name in one)


def test_what_takes_too_long_is_stopped_and_told() -> None:
    def slow() -> int:
        time.sleep(30)
        return 9

    assert within(1, lambda: "7") == "7"
    assert within(0.05, lambda: str(slow())) == "> 0 s"
    assert spread([lambda: 3, lambda: 1, lambda: 2], 1) == "2 / 3"
    assert spread([lambda: 1, lambda: 5, slow, slow], 0.1) == "3 / 5 (2 of 4)"
    assert spread([slow], 0.05) == "> 0 s"


def test_a_process_that_takes_too_long_is_cut() -> None:
    one = run(["-c", "import time; time.sleep(30)"], {}, limit=0.3)
    assert one.is_cut
    assert one.seconds < 10
    assert not run(["-c", "pass"], {}, limit=30).is_cut


def test_ten_million_turns_are_not_faster_than_a_million() -> None:
    faster, cut = (archive(1_000_000, "4.80", question) for question in ("30 / 40", "> 60 s"))
    assert needs([archive(250_000, "1.20", "30 / 90"), faster])[0]["95 % of questions, ms"] == "40"
    assert needs([archive(250_000, "1.20", "30 / 90"), cut])[0]["95 % of questions, ms"] == "nan"
