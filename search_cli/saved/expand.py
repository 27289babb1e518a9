"""Put what saved searches search for in the place of their names: @小米 隐私.

A saved search stands for its query in brackets, its filters included. Beside other words of a query, its words are some
of them, as those of any brackets are, and its filters bind the turns on their own: the values of two saved searches are
not alternatives. Where a query is nothing but one saved search, the order, `match`, synonyms and regional words are its
own too, unless others are asked for.
"""

from collections.abc import Mapping
from dataclasses import replace

from indexer.errors import FangtanError, NotFoundError, QueryError, SettingsError, UsageError
from indexer.language.messages import gettext as _
from indexer.settings import Settings
from search_cli.query.parser import All, AnyOf, Node, Not, Saved
from search_cli.query.request import SearchRequest, Sort
from search_cli.saved.saved_search import SavedSearch, find, near_names
from search_cli.saved.searches_file import load

MOST = 1000
"""Saved searches that a query stands for, those in others too: each may have several, and these again."""


def expand(settings: Settings, request: SearchRequest) -> SearchRequest:
    """Return a request with what the saved searches of an archive search for in the place of their names.

    Raises `NotFoundError`, with the nearest names, for one that there is not, and `UsageError` for a circle of them.
    """
    return _Expansion(load(settings)).whole(request, ())


def check(search: SavedSearch, searches: Mapping[str, SavedSearch]) -> None:
    """Raise the error of a search that cannot be parsed, or has names of saved searches that it cannot have."""
    _Expansion(searches).whole(search.request(), (search.name,))


class _Expansion:
    """Expand the names of `searches`; `within` are those in whose queries a name is, the outermost first."""

    def __init__(self, searches: Mapping[str, SavedSearch]) -> None:
        self._searches = searches
        self._expanded = 0

    def whole(self, request: SearchRequest, within: tuple[str, ...]) -> SearchRequest:
        """Return a request without names."""
        nodes: list[Node] = []
        filters = list(request.filters)
        saved: list[SearchRequest] = []
        for node in request.node.nodes:
            if isinstance(node, Saved):
                saved.append(self._search(node, within))
                nodes += saved[-1].node.nodes
                filters += saved[-1].filters
            else:
                nodes.append(self._node(node, within))
        found = replace(request, node=All(tuple(nodes)), filters=tuple(dict.fromkeys(filters)))
        return _as_saved(found, saved[0]) if saved and len(request.node.nodes) == 1 else found

    def _node(self, node: Node, within: tuple[str, ...]) -> Node:
        """Return a node without names: a saved search within it is all of its filters and nodes."""
        match node:
            case Saved():
                inside = self._search(node, within)
                nodes = (*inside.node.nodes, *inside.filters)
                return nodes[0] if len(nodes) == 1 else All(nodes)
            case Not(excluded):
                return replace(node, node=self._node(excluded, within))
            case AnyOf(nodes):
                return AnyOf(tuple(self._node(one, within) for one in nodes))
            case All(nodes):
                return All(tuple(self._node(one, within) for one in nodes))
            case _other:
                return node

    def _search(self, node: Saved, within: tuple[str, ...]) -> SearchRequest:
        """Return what a saved search searches for, without names."""
        self._expanded += 1
        if self._expanded > MOST:
            told = _("The query has more than {number} saved searches, one within another.")
            raise UsageError(told.format(number=f"{MOST:,}"), _("Simplify them."))
        search = find(self._searches, node.name)
        if search is None:
            raise _unknown(self._searches, node.name)
        if search.name in within:
            raise _circle((*within[within.index(search.name) :], search.name))
        try:
            return self.whole(search.request(), (*within, search.name))
        except QueryError as error:
            told = _("The query of the saved search {name} is not one: {query} ({message})")
            raise SettingsError(
                told.format(name=search.name, query=search.query, message=error.message), error.next_step
            ) from error


def _as_saved(request: SearchRequest, saved: SearchRequest) -> SearchRequest:
    """Return a request that is a saved search with the order and the options of it that it has not itself."""
    return replace(
        request,
        match=request.match or saved.match,
        sort=saved.sort if request.sort is Sort.RELEVANCE else request.sort,
        synonyms=saved.synonyms if request.synonyms is None else request.synonyms,
        regional=saved.regional if request.regional is None else request.regional,
    )


def _unknown(searches: Mapping[str, SavedSearch], name: str) -> FangtanError:
    """Return the error for a name that no saved search has."""
    near = tuple(f"@{one}" for one in near_names(searches, name))
    if near:
        step = _('Write {near}, or quote it as text: "@{name}"').format(near=near[0], name=name)
    else:
        step = _('To search for it as text, quote it: "@{name}"').format(name=name)
    return NotFoundError(_("There is no saved search {name}.").format(name=name), near, step)


def _circle(names: tuple[str, ...]) -> UsageError:
    """Return the error for saved searches that need each other."""
    if len(names) == 2:
        told = _("The saved search {name} has itself in its query.")
        return UsageError(told.format(name=names[0]), _("Save it without that name."))
    path = " → ".join(f"@{one}" for one in names)
    return UsageError(
        _("The saved searches {names} need each other: {path}").format(names=_(" and ").join(names[:-1]), path=path),
        _("Leave @{first} out of {last}, or @{second} out of {first}: fangtan save … --replace").format(
            first=names[0], second=names[1], last=names[-2]
        ),
    )
