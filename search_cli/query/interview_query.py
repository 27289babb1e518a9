"""Build the clause for interviews whose own document matches a query: words of the title, and fields. Pure."""

from collections.abc import Iterable

from indexer.errors import UsageError
from indexer.language.messages import gettext as _
from search_cli.json_types import Clause
from search_cli.query.clauses import all_of, field_clause, none_of, one_of, title_clause
from search_cli.query.name_patterns import LONGEST, containing
from search_cli.query.parser import All, AnyOf, Field, Near, Node, Not, Saved
from search_cli.query.request import SearchRequest
from search_cli.query.unparse import retyped

FIELDS = ("speaker", "topic", "outlet", "interview", "title", "author", "language", "date", "year", "added")
"""The fields that an interview has; the others are those of its turns."""


def interview_query(request: SearchRequest) -> Clause:
    """Return the clause for interviews with all words of a query in their titles that pass its filters."""
    clauses = [*map(interview_clause, request.filters), *map(_node_clause, request.node.nodes)]
    return all_of(clauses) if clauses else {"match_all": {}}


def interview_clause(field: Field) -> Clause:
    """Return the clause for interviews whose field has one of the values; raise `UsageError` for a field of turns."""
    if field.name not in FIELDS:
        raise UsageError(
            _("Interviews have no {field}: it is a field of turns.").format(field=field.name),
            _("Use {fields}, or search the turns: fangtan search").format(fields=_(", ").join(FIELDS)),
        )
    if field.name == "speaker":
        return {"terms": {"speakers": list(field.values)}}
    return field_clause(field)


def _node_clause(node: Node) -> Clause:
    match node:
        case Field():
            return interview_clause(node)
        case Not(inside):
            return none_of(_node_clause(inside))
        case AnyOf(nodes):
            return one_of(_each(nodes))
        case All(nodes):
            return all_of(_each(nodes))
        case Near():
            raise UsageError(_("NEAR is of turns, not of titles."), f"fangtan search '{retyped(node)}'")
        case Saved():
            raise TypeError(node)  # `saved.expand` was not asked
        case _:
            return _title(node.text)


def _each(nodes: Iterable[Node]) -> list[Clause]:
    return [_node_clause(node) for node in nodes]


def _title(text: str) -> Clause:
    if len(containing(text)) > LONGEST:
        raise UsageError(_("This is too long for a {field}.").format(field="title"), _("Write a part of it."))
    return title_clause(text)
