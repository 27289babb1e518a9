"""The tools: each asks `Archive` and returns an answer of bounded size. None of them changes anything."""

from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any

from search_cli.assistant import quotation_tool, show_tool, tool_answers
from search_cli.assistant.tool_answers import Cuts
from search_cli.assistant.tool_arguments import Kind, Parameter, checked
from search_cli.query.request import FacetField, Sort
from search_cli.rendering.terminal.humanize import count

if TYPE_CHECKING:
    from search_cli.archive import Archive
    from search_cli.catalog import ArchivedSpeaker, ArchivedTopic
    from search_cli.models import SearchResult

Arguments = Mapping[str, Any]

_MAX_HITS, _HITS = 20, 10
_MAX_VALUES, _VALUES = 100, 20
_MAX_LISTED, _LISTED = 200, 50
_PERIODS = 200

_QUERY = (
    'Words, separated by spaces: all of them are searched for. "exact text" in double quotes, -word without, A OR B.'
    " Chinese in either script."
)
_FILTERS = (
    Parameter("speaker", "Only turns by these speakers, by name.", Kind.TEXTS),
    Parameter("role", "Only interviewer, interviewee, host, other or narration.", Kind.TEXTS),
    Parameter("topic", "Only turns on these topics, as the tool topics lists them.", Kind.TEXTS),
    Parameter("outlet", "Only interviews of these outlets.", Kind.TEXTS),
    Parameter("interview", "Only these interviews, by id: the part of an address before #.", Kind.TEXTS),
    Parameter("mentions", "Only turns that speak of these people.", Kind.TEXTS),
    Parameter("since", "Only interviews from this date on: 2013, 2013-07 or 2013-07-05."),
    Parameter("until", "Only interviews up to and including this date."),
)
_FIELDS = tuple(str(one) for one in FacetField)


@dataclass(frozen=True, slots=True)
class ReadTool:
    """A tool: what it is for, its arguments, and what it answers with; `results` are the keys of its answer."""

    name: str
    title: str
    description: str
    parameters: tuple[Parameter, ...]
    results: Mapping[str, str]
    run: "Callable[[Archive, Arguments], dict[str, Any]]"

    def __call__(self, archive: "Archive", given: Mapping[str, object]) -> dict[str, Any]:
        """Check the arguments and return the answer; raise `FangtanError`."""
        return self.run(archive, checked(self.name, self.parameters, given))


def _filters(arguments: Arguments) -> dict[str, Any]:
    """Return the filters that were given."""
    return {one.name: arguments[one.name] for one in _FILTERS if arguments[one.name]}


def _search(archive: "Archive", given: Arguments) -> dict[str, Any]:
    options = {name: given[name] for name in ("sort", "limit", "page", "context")}
    found = archive.search(given["query"], **options, **_filters(given))
    cuts = Cuts()
    hits = tool_answers.hit_objects(found.hits, cuts)
    left = found.pageable - (found.page - 1) * found.limit - len(hits)
    if left > 0:
        cuts.add(f"{count(left, 'more hit')}: search again with page {found.page + 1}, or narrow it by a filter.")
    counts = {name: getattr(found, name) for name in ("every", "most", "some", "total", "near", "interviews")}
    about = {"words": found.words, "also": found.also, "counts": counts, "page": found.page}
    return tool_answers.answer(cuts, **about, **_near(archive, given, found), hits=hits)


def _near(archive: "Archive", given: Arguments, found: "SearchResult") -> dict[str, Any]:
    """Return what to try in place of a query that finds nothing."""
    if found.total or not given["query"]:
        return {}
    near = archive.near(given["query"], **_filters(given))
    several = {"words": near.words, "speakers": near.speakers}
    return {"try": {"query": near.query, **{key: [asdict(one) for one in some] for key, some in several.items()}}}


def _facets(archive: "Archive", given: Arguments) -> dict[str, Any]:
    cuts = Cuts()
    found = archive.facets(*given["fields"], query=given["query"], size=given["limit"], **_filters(given))
    for facet in found:
        if (left := max(facet.values, len(facet.buckets)) - len(facet.buckets[:_PERIODS])) > 0:
            cuts.add(
                f"{facet.field} has {count(left, 'more value')}: a limit up to {_MAX_VALUES}, a query or a filter."
            )
    objects = [
        {
            **{name: getattr(facet, name) for name in ("field", "total", "other", "values", "match")},
            "buckets": [{**asdict(one), "value": tool_answers.name(one.value)} for one in facet.buckets[:_PERIODS]],
        }
        for facet in found
    ]
    return tool_answers.answer(cuts, facets=objects)


def _timeline(archive: "Archive", given: Arguments) -> dict[str, Any]:
    cuts = Cuts()
    found = archive.timeline(given["query"], given["by"], given["split"], given["limit"], **_filters(given))
    periods = [asdict(one) for one in found.periods if one.turns or one.characters]
    if len(periods) > _PERIODS:
        cuts.add(f"{count(len(periods) - _PERIODS, 'more period')}, later: give since, or a longer period with by.")
    if found.more:
        cuts.add(f"{count(found.more, 'more value')} of {found.split}: a limit up to {_MAX_HITS}, or a filter.")
    about = {name: getattr(found, name) for name in ("by", "split", "turns", "undated", "interviews", "match")}
    across = [tool_answers.name(one) for one in found.across]
    return tool_answers.answer(cuts, **about, across=across, periods=periods[:_PERIODS])


def _speakers(archive: "Archive", given: Arguments) -> dict[str, Any]:
    found = archive.speakers(given["query"], **_filters(given))
    cuts = _listing("speaker", len(found), given["limit"])
    objects = [_named(one, "roles", "affiliations") for one in found[: given["limit"]]]
    return tool_answers.answer(cuts, all=len(found), speakers=objects)


def _topics(archive: "Archive", given: Arguments) -> dict[str, Any]:
    found = archive.topics(given["query"], **_filters(given))
    cuts = _listing("topic", len(found), given["limit"])
    objects = [_named(one, "speakers", "words") for one in found[: given["limit"]]]
    return tool_answers.answer(cuts, all=len(found), topics=objects)


def _named(record: "ArchivedSpeaker | ArchivedTopic", *several: str) -> dict[str, Any]:
    """Return the object of a speaker or a topic, the lists of names in it bounded."""
    lists = {key: tool_answers.names(getattr(record, key)) for key in several}
    return {**asdict(record), **lists, "name": tool_answers.name(record.name)}


def _listing(noun: str, found: int, limit: int) -> Cuts:
    cuts = Cuts()
    if found > limit:
        cuts.add(f"{count(found - limit, f'more {noun}')}: a limit up to {_MAX_LISTED}, a query or a filter.")
    return cuts


def _limit(default: int, most: int, of: str) -> Parameter:
    return Parameter("limit", f"Number of {of}.", Kind.NUMBER, default, least=1, most=most)


def _query(description: str = _QUERY) -> Parameter:
    return Parameter("query", description, default="")


TOOLS = (
    ReadTool(
        "search",
        "Search turns of interviews",
        "Find who said what about what, and when, in an archive of Chinese interviews and meetings. A hit is a turn of"
        " one speaker, with the question it answers, its address and its citation. counts.every is the number of turns"
        " with every word; a hit that holds less says so in holds. Where nothing is found, try has what is near.",
        (
            _query(),
            *_FILTERS,
            Parameter("sort", "The order of hits.", default="relevance", choices=tuple(str(one) for one in Sort)),
            _limit(_HITS, _MAX_HITS, "hits on a page"),
            Parameter("page", "The page, from 1.", Kind.NUMBER, 1, least=1, most=1000),
            Parameter("context", "Turns before and after each hit.", Kind.NUMBER, 0, least=0, most=3),
        ),
        {"words": "array", "counts": "object", "page": "integer", "hits": "array"},
        _search,
    ),
    ReadTool(
        "facets",
        "Count turns by a field",
        "Count the turns that match a query (all turns without one) by one field or several: who speaks, of what topic,"
        " in which outlet, in which year.",
        (
            Parameter("fields", "Fields to count by.", Kind.TEXTS, choices=_FIELDS, required=True),
            _query(),
            *_FILTERS,
            _limit(_VALUES, _MAX_VALUES, "values of each field"),
        ),
        {"facets": "array"},
        _facets,
    ),
    ReadTool(
        "timeline",
        "Count turns by time",
        "Count the turns that match a query by year, quarter, month or week; undated are those of interviews without a"
        " date. split counts each period by a field too.",
        (
            _query(),
            *_FILTERS,
            Parameter("by", "Length of a period.", default="year", choices=("year", "quarter", "month", "week")),
            Parameter("split", "A field to count each period by too.", default="", choices=_FIELDS),
            _limit(8, _MAX_HITS, "values of split"),
        ),
        {"periods": "array", "across": "array", "turns": "integer", "undated": "integer"},
        _timeline,
    ),
    ReadTool(
        "show",
        "Read turns by address",
        "Read a turn with the question and the answers around it (qzone-xiaomi#3), several turns (qzone-xiaomi#3-7), or"
        f" an interview from its beginning (qzone-xiaomi); {show_tool.MAX_TURNS} turns at most.",
        show_tool.PARAMETERS,
        {"turns": "array"},
        show_tool.show,
    ),
    ReadTool(
        "speakers",
        "List speakers",
        "List the speakers of the turns that match (of all turns without a query), the most frequent first: roles,"
        " affiliations, turns, interviews, first and last date.",
        (_query(), *_FILTERS, _limit(_LISTED, _MAX_LISTED, "speakers")),
        {"all": "integer", "speakers": "array"},
        _speakers,
    ),
    ReadTool(
        "topics",
        "List topics",
        "List the topics of the turns that match (of all turns without a query), with their words and speakers.",
        (_query(), *_FILTERS, _limit(_LISTED, _MAX_LISTED, "topics")),
        {"all": "integer", "topics": "array"},
        _topics,
    ),
    ReadTool(
        "verify_quotation",
        "Check a quotation before it is used",
        "Check words against the archive before you quote them: verbatim (may be quoted, with the citation), near (the"
        " turn says something else: the changes are listed), spliced, across two turns, or absent. Call it for every"
        " quotation in your answer.",
        quotation_tool.PARAMETERS,
        {"verdict": "string", "may_be_quoted": "boolean", "advice": "string", "places": "array"},
        quotation_tool.verify_quotation,
    ),
)
"""The tools by name, in the order in which an assistant needs them."""
