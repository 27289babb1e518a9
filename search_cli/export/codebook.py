"""The codes of a REFI-QDA project: speakers, topics in their hierarchy, tags, and the search."""

from typing import TYPE_CHECKING

from search_cli.export.clean_text import clean
from search_cli.export.refi_xml import child, element, guid

if TYPE_CHECKING:
    from lxml.etree import _Element

_SPEAKERS, _TOPICS, _TAGS, _SEARCHES = "Speakers", "Topics", "Tags", "Searches"
_PART = "/"
"""Between a topic and its part: 商业/广告."""


class Codebook:
    """The codes that turns were given; `search` is the name of the code of the hits, "" for none."""

    def __init__(self, search: str = "") -> None:
        self._search = search
        self._speakers: dict[str, str] = {}
        self._topics: dict[str, str] = {}
        self._tags: dict[str, str] = {}

    @property
    def search(self) -> str:
        """Return the identifier of the search, "" if it has no code."""
        return guid("search", self._search) if self._search else ""

    def speaker(self, name: str) -> str:
        """Return the identifier of a speaker."""
        return self._speakers.setdefault(name, guid("speaker", name))

    def topic(self, path: str) -> str:
        """Return the identifier of a topic; what it is part of becomes a code too."""
        if _PART in path:
            self.topic(path.rpartition(_PART)[0])
        return self._topics.setdefault(path, guid("topic", path))

    def tag(self, name: str) -> str:
        """Return the identifier of a tag that people gave turns."""
        return self._tags.setdefault(name, guid("tag", name))

    def element(self) -> "_Element | None":
        """Return the element of all codes, None if there are none; no two have the same name.

        Several programs tell codes by their names alone: a name that is taken is followed by its kind.
        """
        if not (self._search or self._speakers or self._topics or self._tags):
            return None
        book = element("CodeBook")
        codes = child(book, "Codes")
        names = _Names()
        if self._speakers:
            folder = _code(codes, guid("folder", _SPEAKERS), names.unique(_SPEAKERS), is_codable=False)
            for name, own in sorted(self._speakers.items()):
                _code(folder, own, names.unique(name, f"{name} (speaker)"))
        if self._topics:
            self._add_topics(codes, names)
        if self._tags:
            folder = _code(codes, guid("folder", _TAGS), names.unique(_TAGS), is_codable=False)
            for name, own in sorted(self._tags.items()):
                _code(folder, own, names.unique(name, f"{name} (tag)"))
        if self._search:
            folder = _code(codes, guid("folder", _SEARCHES), names.unique(_SEARCHES), is_codable=False)
            _code(folder, self.search, names.unique(self._search, f"{self._search} (search)"))
        return book

    def _add_topics(self, codes: "_Element", names: "_Names") -> None:
        """Append the topics, each below the one that it is part of."""
        made = {"": _code(codes, guid("folder", _TOPICS), names.unique(_TOPICS), is_codable=False)}
        for path, own in sorted(self._topics.items(), key=lambda one: one[0].split(_PART)):
            above, _, name = path.rpartition(_PART)
            made[path] = _code(made[above], own, names.unique(name or path, path, f"{path} (topic)"))


class _Names:
    """Names that are given once."""

    def __init__(self) -> None:
        self._taken: set[str] = set()

    def unique(self, *wanted: str) -> str:
        """Return the first name that is not taken, else the last with a number."""
        named = [clean(name).strip() or "…" for name in wanted]
        numbered = (f"{named[-1]} {number}" for number in range(2, len(self._taken) + 3))
        name = next(one for one in (*named, *numbered) if one.casefold() not in self._taken)
        self._taken.add(name.casefold())
        return name


def _code(parent: "_Element", own: str, name: str, *, is_codable: bool = True) -> "_Element":
    return child(parent, "Code", {"guid": own, "name": name, "isCodable": str(is_codable).lower()})
