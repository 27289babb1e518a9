"""The tables of docs/scale.md in both languages: what was measured, and what ten million turns need by arithmetic.

What is reckoned with: everything but fixed costs grows with the number of turns; a cluster keeps each shard twice; each
of three machines does a third of the work, also of preparing (`fangtan index --on`); half of an index is what searches
read again and again, and should fit into memory beside the heap.
"""

from collections.abc import Mapping, Sequence

Rows = dict[str, str]
"""A column: figures by the name of their row."""

MANY = 10_000_000
HEAP = 4.0  # GB; a million turns were searched with 2
MACHINES, COPIES = 3, 2
READ_AGAIN = 0.5

CHINESE: Mapping[str, str] = {
    "turns": "发言",
    "interviews": "访谈",
    "speakers": "说话人",
    "text, MB": "文本，MB",
    "indexing, s": "建索引，秒",
    "turns a second": "每秒发言",
    "CPU of the client, s": "客户端 CPU，秒",
    "CPU of the node, s": "节点 CPU，秒",
    "memory of the client, MB": "客户端内存，MB",
    "store, GB": "占用磁盘，GB",
    "store / text": "磁盘与文本之比",
    "heap in use / of, MB": "堆内存，已用 / 全部，MB",
    "embedding, turns a second": "做向量，每秒发言",
    "one word, ms": "一个词，毫秒",
    "several words, ms": "几个词，毫秒",
    "phrase, ms": "短语，毫秒",
    "question, ms": "一句问话，毫秒",
    "filters, ms": "筛选，毫秒",
    "facets speaker × topic, ms": "分面 说话人 × 话题，毫秒",
    "kwic, ms": "词语索引，毫秒",
    "collocates, ms": "搭配词，毫秒",
    "question by words and meaning, ms": "问话按词和意思，毫秒",
    "hits 9,991 to 10,000, ms": "第 9,991 到 10,000 条，毫秒",
    "export, hits a second": "导出，每秒条数",
    "10,000,000 turns": "一千万轮发言",
    "disk, GB": "磁盘，GB",
    "disk during `--rebuild`, GB": "`--rebuild` 期间磁盘，GB",
    "heap, GB": "堆内存，GB",
    "memory, GB": "内存，GB",
    "indexing, h": "建索引，小时",
    "shards": "分片",
    "95 % of questions, ms": "95 % 的问话，毫秒",
}


def table(columns: Sequence[Rows], *, chinese: bool = False) -> str:
    """Return columns as a table in Markdown."""
    names = dict.fromkeys(name for rows in columns for name in rows)
    lines = []
    for name in names:
        told = CHINESE.get(name, name.removesuffix(", s") + "，秒") if chinese else name
        lines.append(f"| {told} | {' | '.join(rows.get(name, '') for rows in columns)} |")
    return "\n".join((lines[0], f"|---|{'---|' * len(columns)}", *lines[1:]))


def needs(columns: Sequence[Rows], *, chinese: bool = False) -> list[Rows]:
    """Return what `MANY` turns need on one machine and on three, from the two largest archives."""
    smaller, larger = columns[-2:]
    turns = _number(larger["turns"])
    disk = _number(larger["store, GB"]) * MANY / turns
    client, node = (_number(larger[f"CPU of the {who}, s"]) for who in ("client", "node"))
    hours = MANY / _number(larger["turns a second"]) / 3600
    shared = (client + COPIES * node) / (client + node) / MACHINES
    of_each = disk * COPIES / MACHINES
    titles = ("一台机器", "三台机器，每台") if chinese else ("one machine", "three machines, each")
    return [
        _needs(titles[0], disk, hours, 1, _milliseconds(smaller, larger, MANY)),
        _needs(titles[1], of_each, hours * shared, MACHINES, _milliseconds(smaller, larger, MANY / MACHINES)),
    ]


def _needs(title: str, disk: float, hours: float, shards: int, milliseconds: float) -> Rows:
    return {
        "10,000,000 turns": title,
        "disk, GB": f"{disk:.0f}",
        "disk during `--rebuild`, GB": f"{2 * disk:.0f}",
        "heap, GB": f"{HEAP:.0f}",
        "memory, GB": f"{HEAP + READ_AGAIN * disk:.0f}",
        "indexing, h": f"{hours:.1f}",
        "shards": str(shards),
        "95 % of questions, ms": f"{milliseconds:.0f}",
    }


def _milliseconds(smaller: Rows, larger: Rows, turns: float) -> float:
    """Return what 95 % of questions stay below in one shard of so many turns, on the line through two archives."""
    few, more = (_number(rows["turns"]) for rows in (smaller, larger))
    low, high = (_number(rows["question, ms"].partition("/")[2]) for rows in (smaller, larger))
    return high + max(high - low, 0) / (more - few) * (turns - more)


def _number(text: str) -> float:
    """Return a figure; not a number for one that took too long."""
    return float(text.replace(",", "").partition(" (")[0] or "nan")
