"""Write the nodes of a query in the query language. Pure."""

from search_cli.query.parser import All, AnyOf, Field, Near, Node, Not, Phrase, Prefix, Saved, Word
from search_cli.query.values import InterviewId, Range, Stranger, TaggedTurns, Unprompted, Value

_DOUBLE = '"＂“”„‟'
_SPECIAL = f"()（）{_DOUBLE}「」『』"
_LEADING = "-－"
"""What excludes at the beginning of a word."""


def retyped(node: Node) -> str:
    """Write a node in the query language: 小米, "红米手机", -广告, speaker:郑志昊, (小米 OR 华为), 疫苗 NEAR/5 口罩."""
    match node:
        case Word():
            return node.text
        case Phrase():
            return _quoted(node.text)
        case Prefix():
            return f"{node.text}*"
        case Near(one, other, distance):
            return f"{_side(one)} NEAR/{distance} {_side(other)}"
        case Field():
            return _field(node)
        case Not(inside):
            return f"-{_grouped(inside)}"
        case AnyOf(nodes):
            return f"({' OR '.join(map(_grouped, nodes))})"
        case All(nodes):
            return " ".join(map(retyped, nodes))
        case Saved():
            return f"@{node.name}"


def _grouped(node: Node) -> str:
    """Write a node, in brackets if it is several words or an exclusion."""
    return f"({retyped(node)})" if isinstance(node, All | Not | Near) else retyped(node)


def _side(phrases: tuple[Phrase, ...]) -> str:
    """Write one side of NEAR: a text, or alternatives in brackets."""
    texts = [_bare(phrase.text) for phrase in phrases]
    return texts[0] if len(texts) == 1 else f"({' OR '.join(texts)})"


def _field(field: Field) -> str:
    values = [_years(value) if field.name == "year" else value_text(value) for value in field.values]
    return f"{field.name}:{values[0]}" if len(values) == 1 else f"{field.name}:({' OR '.join(values)})"


def _years(value: Value) -> str:
    """Write a range of whole years: 2020, 2019..2021."""
    if not isinstance(value, Range):
        return value_text(value)
    low, high = (str(bound)[:4] if bound is not None else None for bound in (value.low, value.high))
    return value_text(Range(low, high))


def value_text(value: Value) -> str:
    """Write the value of a field: a name, quoted if it must be, 2013-07..2013-08, >100000000."""
    if isinstance(value, InterviewId):
        return _bare(value.id)
    if isinstance(value, Stranger):
        return _bare(value.typed)
    if isinstance(value, Unprompted):
        return _bare(value.text)
    if isinstance(value, TaggedTurns):
        return _bare(value.tag)
    if isinstance(value, str):
        return _bare(value)
    return _range(value)


def _range(range_: Range[str] | Range[float]) -> str:
    low, high = _bound(range_.low), _bound(range_.high)
    if low is not None and high is not None:
        return low if low == high else f"{low}..{high}"
    if low is not None:
        return f"{'>' if range_.low_open else '>='}{low}"
    return f"{'<' if range_.high_open else '<='}{high}"


def _bound(bound: str | float | None) -> str | None:
    """Write a bound, an amount in digits only: 100000000, 0.5."""
    if isinstance(bound, str) or bound is None:
        return bound
    return f"{bound:.0f}" if bound == int(bound) else f"{bound:f}".rstrip("0")


def _bare(text: str) -> str:
    """Write a value of a field, in quotation marks if any of its characters means something in a query."""
    is_plain = text and text[0] not in _LEADING and not any(one.isspace() or one in _SPECIAL for one in text)
    return text if is_plain and text != "OR" else _quoted(text)


def _quoted(text: str) -> str:
    """Write a text in quotation marks that it does not contain."""
    if not any(mark in text for mark in _DOUBLE):
        return f'"{text}"'
    return f"「{text}」" if "」" not in text else f"『{text}』"
