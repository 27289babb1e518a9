"""Command lines by chance: the query language, its mistakes, and hostile signs, under every command that takes them."""

from random import Random

_WORDS = (
    *("小米", "合作", "红米手机", "社交", "腾讯", "QQ空间", "資訊", "的", "了", "a", "iPhone", "2013", "1亿", "三点五"),
    *(
        "郑志昊",
        "记者",
        "主持人",
        "qzone-xiaomi",
        "e",
        "é",
        "𠮷",
        "㍿",
        "ﬁ",
        "👨‍👩‍👧",
        "שלום",
        "\u0301",
        "\u200b",
        "\u202e",
    ),
)
_SIGNS = (
    *(
        '"',
        "＂",
        "“",
        "”",
        "「",
        "」",
        "『",
        "』",
        "(",
        ")",
        "（",
        "）",
        "-",
        "－",
        "--",
        "*",
        "＊",
        ":",
        "：",
        "|",
        "~",
        "^",
    ),
    *("?", "+", "\\", "/", "{", "}", "[", "]", "<", ">", "=", "!", "@", "#", "$", "%", "&", ";", ",", ".", "..", "…"),
    *("\x00", "\x1b[31m", "\x07", "\x9b", "\r", "\n", "\t", "\u2028", "\u3000", "\ufeff", "\ue000", "\udce4", "'", "`"),
)
_OPERATORS = (
    "OR",
    "AND",
    "NOT",
    "NEAR",
    "NEAR/5",
    "NEAR/0",
    "NEAR/9999999",
    "ＯＲ",
    "or",
    "NEAR/x",
    "小米 NEAR/3 合作",
)
_FIELDS = (
    *(
        "speaker:",
        "role:",
        "topic:",
        "keyword:",
        "outlet:",
        "interview:",
        "title:",
        "author:",
        "affiliation:",
        "label:",
    ),
    *("language:", "date:", "year:", "number:", "added:", "mentions:", "asked:", "answered:", "volunteered:", "to:"),
    *("说话人：", "日期：", "speker:", "venue:", "http:", "speaker：("),
)
_VALUES = (
    *(
        "郑志昊",
        "interviewer",
        "2013",
        "2013-07..2013-08",
        "2013-99",
        "..",
        ">1亿",
        ">",
        "1..2",
        "-1",
        "1e400",
        "*",
        "?",
    ),
    *(
        "9999-12-31",
        "0000",
        "今天",
        "7d",
        "a" * 300,
        "%",
        "(社交 OR 商业化)",
        "((",
        "qzone",
        "qzone-xiaomi#3",
        "#",
        "un*",
    ),
)
_COMMANDS = (
    *(("search",), ("search", "--json"), ("search", "--csv"), ("search", "--ids"), ("search", "--show-query")),
    *(("search", "--match", "all"), ("search", "--sort", "date"), ("search", "--context", "1"), ("search", "--full")),
    *(("facets", "speaker"), ("facets", "topic", "outlet"), ("timeline",), ("timeline", "--split", "speaker")),
    *(("words",), ("kwic",), ("kwic", "--sort", "left"), ("kwic", "--collocates"), ("kwic", "--count", "year")),
    *(("exchanges",), ("why",), ("dispersion",), ("quote",), ("similar",), ("show",), ("topic",), ("speaker",)),
    *(("compare", "--by", "speaker"), ("interviews",), ("speakers",), ("topics",)),
)
_OPTIONS = (
    "--speaker",
    "--topic",
    "--outlet",
    "--date",
    "--year",
    "--number",
    "--interview",
    "--role",
    "--limit",
    "--page",
)


def query(chance: Random) -> str:
    """Return a query by chance; now and then a very long one."""
    pieces = [_piece(chance) for _ in range(chance.choice((1, 1, 2, 3, 5, 8, 13)))]
    text = "".join(piece + chance.choice(("", " ", " ", "\u3000")) for piece in pieces)
    return text * chance.choice((2, 10, 60)) if chance.random() < 0.03 else text


def _piece(chance: Random) -> str:
    kind = chance.random()
    if kind < 0.45:
        return chance.choice(_WORDS)
    if kind < 0.65:
        return chance.choice(_SIGNS)
    if kind < 0.8:
        return chance.choice(_FIELDS) + chance.choice(_VALUES + _WORDS)
    if kind < 0.9:
        return f" {chance.choice(_OPERATORS)} "
    if kind < 0.95:
        mark = chance.choice(('""', "“”", "「」", "()", "（）"))
        return mark[0] + query(chance) + mark[1]
    return "".join(chr(chance.choice((chance.randrange(1, 0x300), chance.randrange(0x4E00, 0x9FFF)))) for _ in range(3))


def arguments(chance: Random) -> list[str]:
    """Return a command line by chance, without the name of the program."""
    typed = [*chance.choice(_COMMANDS)]
    for _ in range(chance.choice((1, 1, 1, 2))):
        typed.append(query(chance).replace("\0", "" if chance.random() < 0.5 else "\x01"))
    if chance.random() < 0.15:
        typed += [chance.choice(_OPTIONS), chance.choice(_VALUES + _WORDS)]
    if chance.random() < 0.1:
        typed.insert(1, "--")
    return typed
