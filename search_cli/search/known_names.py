"""Names as they were typed -> names as the archive has them: any script, any width, the beginning of an id.

The interviews' own documents hold all speakers, topics and outlets: few documents, quickly looked through for the names
that a search may mean. All names are read only where one is not found, for the nearest.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache
from typing import Any

from indexer.errors import NotFoundError
from indexer.text.normalize import fold, normalize
from search_cli.query.parser import Field
from search_cli.query.request import SearchRequest
from search_cli.query.values import Value, Whole
from search_cli.search.name_patterns import pattern

MANY = 10_000
"""Names of a kind that are read; of larger archives the most frequent."""

_POINTS = re.compile(r"[\s·•・.]+")
_BLURRED = re.compile(r"(?<=^[zcs])h|(?<=[aei]n)g$")
_LISTED = {"speaker": "speakers", "topic": "topics", "outlet": "outlet"}
_ONE = {"speaker": "speaker", "topic": "topic", "outlet": "outlet", "interview": "interview"}
_LIST = {
    "speaker": "fangtan speakers lists them.",
    "topic": "fangtan topics lists them.",
    "outlet": "fangtan facets outlet lists them.",
    "interview": "fangtan interviews lists them.",
}


@dataclass(frozen=True, slots=True)
class KnownNames:
    """The names an archive has, of the kinds that were asked for: field -> names, most frequent first.

    `mains` are the interviews asked for that are versions of others: version -> main version, by id.
    """

    names: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    mains: Mapping[str, str] = field(default_factory=dict)

    def like(self, kind: str, value: str) -> tuple[str, ...]:
        """Return the names that are `value` in normal form: 唐鳳 and 唐凤 for either."""
        sought = fold(value)
        return tuple(name for name in self.names.get(kind, ()) if fold(name) == sought)


def speakers_named(words: Iterable[str], names: KnownNames) -> dict[str, tuple[str, ...]]:
    """Return the speakers whom each of `words`, in normal form, names: by the whole name or a part of it.

    A part is what a space or a point sets off: 乔丹 of 迈克尔·乔丹, tang of Audrey Tang; no single letter or character.
    """
    by_word: dict[str, list[str]] = {}
    for name in names.names.get("speaker", ()):
        normal = normalize(name).text
        for word in {fold(name), *(part for part in _POINTS.split(normal) if len(part) > 1)}:
            by_word.setdefault(word, []).append(name)
    return {word: tuple(by_word[word]) for word in words if word in by_word}


def names_body(filters: Iterable[Field], words: Iterable[str] = ()) -> dict[str, Any] | None:
    """Return the search, among the interviews, for the names that filters may mean and the speakers `words` may name.

    Of interviews only the ids that filters give in full are asked for. None where there is nothing to ask.
    """
    given = {one.name: [value for value in one.values if isinstance(value, str)] for one in filters}
    sought = {kind: [fold(value) for value in given.get(kind, ())] for kind in _LISTED}
    patterns = {kind: pattern(names, words if kind == "speaker" else ()) for kind, names in sought.items()}
    counts = {kind: _names(kind, found) for kind, found in patterns.items() if found}
    if ids := given.get("interview"):
        counts["interview"] = {"terms": {"field": "interview_id", "include": ids, "size": len(ids)}}
        of = {"main": {"terms": {"field": "interview_id", "size": 1}}}
        counts["versions"] = {"terms": {"field": "versions", "include": ids, "size": len(ids)}, "aggs": of}
    return {"size": 0, "track_total_hits": False, "aggs": counts} if counts else None


def all_names_body(kind: str) -> dict[str, Any]:
    """Return the search for all names of a kind: speaker, topic, outlet."""
    return {"size": 0, "track_total_hits": False, "aggs": {kind: _names(kind)}}


def _names(kind: str, pattern: str = "") -> dict[str, Any]:
    return {"terms": {"field": _LISTED[kind], **({"include": pattern} if pattern else {}), "size": MANY}}


def known_names(response: Mapping[str, Any]) -> KnownNames:
    """Return the names in the response to `names_body`."""
    found = {name: counted["buckets"] for name, counted in response["aggregations"].items()}
    mains = {bucket["key"]: bucket["main"]["buckets"][0]["key"] for bucket in found.pop("versions", ())}
    return KnownNames({name: tuple(bucket["key"] for bucket in buckets) for name, buckets in found.items()}, mains)


def resolve(request: SearchRequest, names: KnownNames) -> SearchRequest:
    """Return the request with the archive's own names in its filters; what the archive does not have stays as typed."""
    return replace(request, filters=tuple(_resolved(one, names) for one in request.filters))


def _resolved(one: Field, names: KnownNames) -> Field:
    if one.name == "interview":
        whole = {id_: Whole(id_) for id_ in names.names.get("interview", ())}
        whole |= {id_: Whole(main) for id_, main in names.mains.items()}
        return Field(one.name, tuple(_whole(value, whole) for value in one.values), one.at)
    if one.name not in _LISTED:
        return one
    values = [name for value in one.values for name in (names.like(one.name, str(value)) or (value,))]
    return Field(one.name, tuple(dict.fromkeys(values)), one.at)


def _whole(value: Value, whole: Mapping[str, Whole]) -> Value:
    return whole.get(value, value) if isinstance(value, str) else value


def unknown(request: SearchRequest, names: KnownNames) -> list[tuple[str, str]]:
    """Return the filters' values that the archive does not have, each as (field, value)."""
    return [
        (one.name, value)
        for one in request.filters
        if one.name in _LISTED and one.name in names.names
        for value in one.values
        if isinstance(value, str) and value not in names.names[one.name]
    ]


def not_found(kind: str, value: str, names: Sequence[str]) -> NotFoundError:
    """Return the error for a name the archive does not have, with the nearest."""
    near = nearest(value, names)
    message = f"There is no {_ONE[kind]} {value}."
    return NotFoundError(message, near, f"--{kind} {near[0]}" if near else _LIST[kind])


def nearest(value: str, names: Iterable[str], count: int = 3, least: float = 0.4) -> tuple[str, ...]:
    """Return the names most like `value`, best first: by sound, then by the characters they share, in order.

    A name that sounds the same is nearest, as input methods mistake it (郑志豪, 郑志昊); then one that holds the value
    or is held by it (郑); then those with at least `least` of the characters in common.
    """
    from difflib import SequenceMatcher

    sought = fold(value)
    matcher = SequenceMatcher(a="", b=sought, autojunk=False)
    likeness: list[tuple[float, str]] = []
    for name in names:
        candidate = fold(name)
        matcher.set_seq1(candidate)
        shared = matcher.real_quick_ratio() and matcher.ratio()
        held = bool(candidate) and (candidate in sought or sought in candidate)
        alike = shared + held + 2 * sounds_alike(candidate, sought) + sounds_near(candidate, sought)
        if alike >= least:
            likeness.append((-alike, name))
    return tuple(name for _, name in sorted(likeness, key=lambda one: one[0])[:count])  # equals: the frequent first


def sounds_alike(one: str, other: str) -> bool:
    """Say whether two texts in Han characters are read the same, tones apart: 小咪 and 小米."""
    return len(one) == len(other) and _sound(one) == _sound(other)


def sounds_near(one: str, other: str) -> bool:
    """Say whether two texts are read the same by those who do not tell zh from z, n from ng: 张山 and 张三."""
    return len(one) == len(other) and list(map(_blurred, _sound(one))) == list(map(_blurred, _sound(other)))


def _blurred(syllable: str) -> str:
    """Return a syllable without what accents and input methods blur: zhang, zan."""
    return _BLURRED.sub("", syllable)


@lru_cache(maxsize=1024)
def _sound(text: str) -> tuple[str, ...]:
    from pypinyin import lazy_pinyin  # 0.1 s, and only where nothing was found

    return tuple(lazy_pinyin(text))
