"""Nodes of a query as they can be typed again. Pure."""

from search_cli.query.parser import All, AnyOf, Field, Node, Not, Phrase, Prefix, Word
from search_cli.query.values import Range, Value, Whole


def retyped(node: Node) -> str:
    """Return what a person types for a node: 小米, "红米手机", -广告, speaker:郑志昊, (小米 OR 华为)."""
    match node:
        case Word():
            return node.text
        case Phrase():
            return _quoted(node.text)
        case Prefix():
            return f"{node.text}*"
        case Field():
            return _field(node)
        case Not(inside):
            return f"-{_grouped(inside)}"
        case AnyOf(nodes):
            return f"({' OR '.join(map(_grouped, nodes))})"
        case All(nodes):
            return " ".join(map(retyped, nodes))


def _grouped(node: Node) -> str:
    """Return a node in brackets of its own where it is several words, or has a minus of its own."""
    return f"({retyped(node)})" if isinstance(node, All | Not) else retyped(node)


def _field(field: Field) -> str:
    values = [value_text(value) for value in field.values]
    return f"{field.name}:{values[0]}" if len(values) == 1 else f"{field.name}:({' OR '.join(values)})"


def value_text(value: Value) -> str:
    """Return a field's value: a name, quoted where it must be, 2013-07..2013-08, >100000000."""
    if isinstance(value, Whole):
        return _bare(value.id)
    if isinstance(value, str):
        return _bare(value)
    return _span(value)


def _span(span: Range[str] | Range[float]) -> str:
    low, high = _end(span.low), _end(span.high)
    if low is not None and high is not None:
        return low if low == high else f"{low}..{high}"
    if low is not None:
        return f"{'>' if span.low_open else '>='}{low}"
    return f"{'<' if span.high_open else '<='}{high}"


def _end(end: str | float | None) -> str | None:
    """Return an end as text, an amount in digits alone: 100000000, 0.5."""
    if isinstance(end, str) or end is None:
        return end
    return f"{end:.0f}" if end == int(end) else f"{end:f}".rstrip("0")


def _bare(text: str) -> str:
    return text if text and not any(one.isspace() or one in '()"' for one in text) else _quoted(text)


def _quoted(text: str) -> str:
    """Return a text in quotes that it does not hold itself."""
    return f"「{text}」" if any(mark in text for mark in '"＂“”„‟') else f'"{text}"'
