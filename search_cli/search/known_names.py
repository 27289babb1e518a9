"""Resolve typed names to those of the archive: in any script and width, and by the prefix of an id.

The interview documents have all speakers, topics and outlets: they are few, and quickly searched for the names that a
query may mean. All names are read only if one is not found, to suggest the nearest.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache
from typing import Any, TypeVar, cast

from indexer.errors import NotFoundError
from indexer.language.messages import gettext as _
from indexer.language.messages import gettext_noop
from indexer.model import unqualified
from indexer.text.normalize import fold, normalize
from indexer.text.shell import argument
from search_cli.query.name_patterns import patterns, within
from search_cli.query.parser import All, AnyOf, Field, Node, Not
from search_cli.query.request import SearchRequest
from search_cli.query.values import InterviewId, Value

N = TypeVar("N", bound=Node)

MANY = 10_000
"""Names of a kind that are read; in a larger archive, the most frequent."""

_WITHIN = "within"
_POINTS = re.compile(r"[\s·•・.]+")
_BLURRED = re.compile(r"(?<=^[zcs])h|(?<=[aei]n)g$")
_LISTED = {
    "speaker": "speakers",
    "to": "speakers",
    "topic": "topics",
    "outlet": "outlet",
    "author": "authors",
    "language": "language",
    "mentions": "mentions",
}
_SPEAKER = (gettext_noop("There is no speaker {value}."), gettext_noop("fangtan speakers lists them."))
_NOT_FOUND = {
    "speaker": _SPEAKER,
    "to": _SPEAKER,
    "topic": (gettext_noop("There is no topic {value}."), gettext_noop("fangtan topics lists them.")),
    "outlet": (gettext_noop("There is no outlet {value}."), gettext_noop("fangtan facets outlet lists them.")),
    "interview": (gettext_noop("There is no interview {value}."), gettext_noop("fangtan interviews lists them.")),
    "author": (gettext_noop("There is no author {value}."), gettext_noop("fangtan facets author lists them.")),
    "language": (gettext_noop("There is no language {value}."), gettext_noop("fangtan facets language lists them.")),
    "mentions": (gettext_noop("There is no mentions {value}."), gettext_noop("fangtan facets mentions lists them.")),
    "title": (gettext_noop("No title contains {value}."), gettext_noop("fangtan interviews lists them.")),
    "affiliation": (
        gettext_noop("No affiliation contains {value}."),
        gettext_noop("fangtan facets affiliation lists them."),
    ),
    "label": (gettext_noop("There is no label {value}."), gettext_noop("fangtan show INTERVIEW has them.")),
}
"""What is said of a name that the archive does not have, and where those are that it has, by the field."""


@dataclass(frozen=True, slots=True)
class KnownNames:
    """The names in the archive of the requested kinds, most frequent first, by field.

    `primaries` maps the ids of requested interviews that are duplicates to those of their primaries.
    """

    names: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    primaries: Mapping[str, str] = field(default_factory=dict)

    def like(self, kind: str, value: str) -> tuple[str, ...]:
        """Return the names with the same normal form: 唐鳳 and 唐凤 for either, 记者@a and 記者@b for 记者."""
        normal = fold(value)
        plain = unqualified if _LISTED.get(kind) == "speakers" else str
        return tuple(name for name in self.names.get(kind, ()) if normal in (fold(name), fold(plain(name))))


def speakers_named(words: Iterable[str], names: KnownNames) -> dict[str, tuple[str, ...]]:
    """Return the speakers that each of `words`, in normal form, names: by the full name or a part of it.

    Parts are separated by a space or a point, and have several characters: 乔丹 of 迈克尔·乔丹, tang of Audrey Tang.
    """
    by_word: dict[str, list[str]] = {}
    for name in names.names.get("speaker", ()):
        normal = normalize(name).text
        for word in {fold(name), *(part for part in _POINTS.split(normal) if len(part) > 1)}:
            by_word.setdefault(word, []).append(name)
    return {word: tuple(by_word[word]) for word in words if word in by_word}


def names_body(filters: Iterable[Field], words: Iterable[str] = ()) -> dict[str, Any] | None:
    """Return the search of the interviews for the names that filters may mean and the speakers `words` may name.

    Interviews are only looked up by full id. None if there is nothing to look up.
    """
    typed: dict[str, list[str]] = {}
    for one in filters:
        typed.setdefault(one.name, []).extend(value for value in one.values if isinstance(value, str))
    counts: dict[str, Any] = {}
    for kind, listed in _LISTED.items():
        names = list(dict.fromkeys(fold(value) for value in typed.get(kind, ())))
        parts = {"speaker": words, "mentions": names}.get(kind, ())
        for number, found in enumerate(patterns(names, parts)):
            counts[f"{kind} {number}" if number else kind] = _names(kind, found)
        if found := within(parts):
            counts[f"{kind} {_WITHIN}"] = {"filter": {"regexp": {listed: {"value": found}}}}
    if ids := typed.get("interview"):
        counts["interview"] = {"terms": {"field": "interview_id", "include": ids, "size": len(ids)}}
        primary = {"main": {"terms": {"field": "interview_id", "size": 1}}}
        counts["versions"] = {"terms": {"field": "versions", "include": ids, "size": len(ids)}, "aggs": primary}
    return {"size": 0, "track_total_hits": False, "aggs": counts} if counts else None


def all_names_body(kind: str) -> dict[str, Any]:
    """Return the search for all names of a kind: speaker, topic, outlet."""
    return {"size": 0, "track_total_hits": False, "aggs": {kind: _names(kind)}}


def _names(kind: str, pattern: str = "") -> dict[str, Any]:
    return {"terms": {"field": _LISTED[kind], **({"include": pattern} if pattern else {}), "size": MANY}}


def names_within_body(body: Mapping[str, Any], response: Mapping[str, Any]) -> dict[str, Any] | None:
    """Return the search for the names that have a word as a part other than the first, None if there are none.

    `body` is that of `names_body`, whose `response` tells whether there are any: few archives have such a name, and to
    list them takes much longer.
    """
    counts: dict[str, Any] = {}
    for name, one in body["aggs"].items():
        if name.endswith(f" {_WITHIN}") and response["aggregations"][name]["doc_count"]:
            (listed, pattern), *_rest = one["filter"]["regexp"].items()
            names = {"field": listed, "include": pattern["value"], "size": MANY, "execution_hint": "map"}
            counts[name] = {**one, "aggs": {_WITHIN: {"terms": names}}}
    return {"size": 0, "track_total_hits": False, "aggs": counts} if counts else None


def known_names(response: Mapping[str, Any], parts: Mapping[str, Any] | None = None) -> KnownNames:
    """Return the names in the response to `names_body`, and in that to `names_within_body` if it was sent."""
    aggregations = {**response["aggregations"], **(parts["aggregations"] if parts else {})}
    versions = aggregations.get("versions", {"buckets": ()})["buckets"]
    primaries = {bucket["key"]: bucket["main"]["buckets"][0]["key"] for bucket in versions}
    found: dict[str, dict[str, int]] = {}
    for name, counted in aggregations.items():
        kind = name.partition(" ")[0]  # the names that do not fit into one pattern are counted by several
        if kind != "versions":
            buckets = counted.get(_WITHIN, counted).get("buckets", ())
            found.setdefault(kind, {}).update((bucket["key"], bucket["doc_count"]) for bucket in buckets)
    return KnownNames({kind: _by_count(counts) for kind, counts in found.items()}, primaries)


def _by_count(counts: Mapping[str, int]) -> tuple[str, ...]:
    """Return names, the most frequent first, as Elasticsearch sorts them."""
    return tuple(sorted(counts, key=lambda name: (-counts[name], name)))


def fields_of(request: SearchRequest, *, excluded: bool = True) -> Iterator[Field]:
    """Yield the fields of a request: its filters, and those within its query (topic:… OR …, -speaker:…)."""
    yield from request.filters
    yield from _fields_in(request.node, excluded)


def _fields_in(node: Node, excluded: bool) -> Iterator[Field]:
    match node:
        case Field():
            yield node
        case Not(inside) if excluded:
            yield from _fields_in(inside, excluded)
        case All(nodes) | AnyOf(nodes):
            for one in nodes:
                yield from _fields_in(one, excluded)
        case _:
            pass


def with_fields(request: SearchRequest, change: Callable[[Field], Field]) -> SearchRequest:
    """Return the request with every field changed."""
    node = _with_fields(request.node, change)
    return replace(request, node=node, filters=tuple(map(change, request.filters)))


def _with_fields(node: N, change: Callable[[Field], Field]) -> N:
    changed: Node
    match node:
        case Field():
            changed = change(node)
        case Not():
            changed = replace(node, node=_with_fields(node.node, change))
        case All() | AnyOf():
            changed = replace(node, nodes=tuple(_with_fields(one, change) for one in node.nodes))
        case _:
            changed = node
    return cast("N", changed)


def resolve(request: SearchRequest, names: KnownNames) -> SearchRequest:
    """Return the request with the names of the archive in its fields; unknown names stay as typed."""
    return with_fields(request, lambda one: _resolved(one, names))


def _resolved(one: Field, names: KnownNames) -> Field:
    if one.name == "interview":
        ids = {id_: InterviewId(id_) for id_ in names.names.get("interview", ())}
        ids |= {duplicate: InterviewId(primary) for duplicate, primary in names.primaries.items()}
        return Field(one.name, tuple(_interview(value, ids) for value in one.values), one.at)
    if one.name not in _LISTED or one.name == "mentions":
        return one
    values = [name for value in one.values for name in (names.like(one.name, str(value)) or (value,))]
    return Field(one.name, tuple(dict.fromkeys(values)), one.at)


def _interview(value: Value, ids: Mapping[str, InterviewId]) -> Value:
    return ids.get(value, value) if isinstance(value, str) else value


def unknown(one: Field, names: KnownNames) -> list[str]:
    """Return the values of a field that the archive does not have."""
    if one.name not in _LISTED or one.name == "mentions":
        return []
    known = names.names.get(one.name, ())
    return [value for value in one.values if isinstance(value, str) and value not in known]


def not_found(kind: str, value: str, names: Sequence[str], meant: tuple[str, ...] = ()) -> NotFoundError:
    """Return the error for a name that the archive does not have, with those that are `meant`, or else the nearest."""
    near = meant or nearest(value, names)
    message, list_step = _NOT_FOUND[kind]
    next_step = f"--{kind} {argument(near[0])}" if near else _(list_step)
    return NotFoundError(_(message).format(value=value), near, next_step)


def nearest(value: str, names: Iterable[str], count: int = 3, least: float = 0.4) -> tuple[str, ...]:
    """Return the names most similar to `value`, best first: by sound, then by the characters in common, in order.

    First the names that sound the same, a common error of input methods (郑志豪, 郑志昊); then those that contain the
    value or are contained in it (郑); then those with at least `least` of the characters in common.
    """
    from difflib import SequenceMatcher

    normal = fold(value)
    matcher = SequenceMatcher(a="", b=normal, autojunk=False)
    ranked: list[tuple[float, str]] = []
    for name in names:
        candidate = fold(name)
        matcher.set_seq1(candidate)
        shared = matcher.real_quick_ratio() and matcher.ratio()
        contained = bool(candidate) and (candidate in normal or normal in candidate)
        likeness = shared + contained + 2 * sounds_alike(candidate, normal) + sounds_near(candidate, normal)
        if likeness >= least:
            ranked.append((-likeness, name))
    ranked.sort(key=lambda one: one[0])  # ties: the most frequent first
    return tuple(name for _likeness, name in ranked[:count])


def sounds_alike(one: str, other: str) -> bool:
    """Return whether two texts in Han characters are homophones, ignoring tones: 小咪 and 小米."""
    return len(one) == len(other) and _sound(one) == _sound(other)


def sounds_near(one: str, other: str) -> bool:
    """Return whether two texts are homophones if zh is not distinguished from z, nor n from ng: 张山 and 张三."""
    return len(one) == len(other) and list(map(_blurred, _sound(one))) == list(map(_blurred, _sound(other)))


def pinyin(text: str) -> str:
    """Return the syllables of a text, without tones."""
    return " ".join(_sound(text))


def sound_key(text: str) -> str:
    """Return the syllables of a text without what accents do not distinguish: the same for all that sound near it."""
    return " ".join(map(_blurred, _sound(text)))


def _blurred(syllable: str) -> str:
    """Return a syllable without the sounds that accents do not distinguish: zhang, zan."""
    return _BLURRED.sub("", syllable)


@lru_cache(maxsize=1024)
def _sound(text: str) -> tuple[str, ...]:
    from pypinyin import lazy_pinyin  # 0.1 s, and only needed if nothing was found

    return tuple(lazy_pinyin(text))
