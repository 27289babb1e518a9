"""Parse a query and its options, from the command line or Python, into a `SearchRequest`."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TypedDict, Unpack, cast

from indexer.errors import UsageError
from indexer.language.messages import gettext as _
from indexer.language.messages import sentences
from search_cli.query.checks import WINDOW, check_minimum, parse_choice
from search_cli.query.lexer import FIELDS
from search_cli.query.parser import All, Field, Node, Word, parse
from search_cli.query.values import InterviewId, Range, TaggedTurns, Value, day_span, value_of

Values = str | Iterable[str]
"""One value or several; several are alternatives."""


class Sort(StrEnum):
    """The order of hits: best first, latest first, oldest first, as in the interviews, or random.

    A random order is settled by the seed and the addresses of the turns (see `search.sample`).
    """

    RELEVANCE = "relevance"
    DATE = "date"
    OLDEST = "oldest"
    POSITION = "position"
    RANDOM = "random"


class Match(StrEnum):
    """Which turns match: those with all words, most (all of two, three quarters of more), some, or any part of one."""

    ANY = "any"
    SOME = "some"
    MOST = "most"
    ALL = "all"


class By(StrEnum):
    """How turns are found: by their words, by their meaning (the nearness of vectors), or by both."""

    WORDS = "words"
    MEANING = "meaning"
    BOTH = "both"


class FacetField(StrEnum):
    """The fields of facets; `date` is by month, or by year if there are many months."""

    SPEAKER = "speaker"
    ROLE = "role"
    TOPIC = "topic"
    KEYWORD = "keyword"
    OUTLET = "outlet"
    INTERVIEW = "interview"
    AUTHOR = "author"
    AFFILIATION = "affiliation"
    LANGUAGE = "language"
    MENTIONS = "mentions"
    TAG = "tag"
    DATE = "date"
    MONTH = "month"
    YEAR = "year"


SEED = 1
"""The seed of a random order for which none is given."""


class InterviewFilters(TypedDict, total=False):
    """The filters of lists of interviews: those of `Filters` that an interview has by itself."""

    speaker: Values
    topic: Values
    outlet: Values
    interview: Values
    title: Values
    author: Values
    language: Values
    date: Values
    year: Values
    added: Values
    since: str
    until: str


class Filters(TypedDict, total=False):
    """The filters, each also a field of the query language. `since` and `until` are 2013, 2013-07 or 2013-07-05.

    `to` is who asked the question that a turn answers. `title` and `affiliation` are a part of it, in any script;
    `date`, `year` and `number` a value or a range as in the query language: 2013-07..2013-08, >1亿. `mentions` is who
    is spoken of, under any name. `asked` is a word of the question that a turn answers; `answered` one of an answer
    itself; `volunteered` one that nobody else said before in the exchange, nor its question. `added` is since when an
    interview is in the archive: 7d, 2w, 24h, 2026-11-01.

    `tag` is a tag that somebody gave the turn.

    `match` is all, most, some or any: which turns are returned and counted. Without it, hits have any part of a word,
    and facets count the turns with all words, or if there are none with most, or with some. `synonyms` and `regional`
    switch synonyms and regional words on or off; the default is in the settings.
    """

    speaker: Values
    role: Values
    topic: Values
    outlet: Values
    interview: Values
    keyword: Values
    to: Values
    added: Values
    title: Values
    author: Values
    affiliation: Values
    label: Values
    language: Values
    date: Values
    year: Values
    number: Values
    mentions: Values
    asked: Values
    answered: Values
    volunteered: Values
    tag: Values
    since: str
    until: str
    match: str | None
    synonyms: bool | None
    regional: bool | None


class SearchOptions(Filters, total=False):
    """The filters, and the order, page (from 1), facets, and context (turns before and after each hit).

    `seed` settles the order of `sort="random"`: the same seed, the same sample. `by` is words, meaning or both; without
    it, both in an archive that has vectors.
    """

    by: str | None
    sort: str
    seed: int | None
    limit: int
    page: int
    facets: Values
    context: int


@dataclass(frozen=True, slots=True)
class SearchRequest:
    """A search: the query, its filters, and the form of the result.

    A turn must pass all `filters`, each with any of its values; a field in both the query and the options is one
    filter. `node` is the rest of the query. `synonyms` and `regional` are None where the settings decide,
    `by` where the archive does: by both if it has vectors. `tags` are those that the facet counts.
    """

    query: str = ""
    node: All = field(default_factory=All)
    filters: tuple[Field, ...] = ()
    match: Match | None = None
    sort: Sort = Sort.RELEVANCE
    seed: int = SEED
    limit: int = 10
    page: int = 1
    facets: tuple[FacetField, ...] = ()
    context: int = 0
    synonyms: bool | None = None
    regional: bool | None = None
    by: By | None = None
    tags: tuple[TaggedTurns, ...] = ()

    @property
    def first(self) -> int:
        """Return the number of hits before this page."""
        return (self.page - 1) * self.limit

    def chosen(self, field: FacetField) -> tuple[str, ...]:
        """Return the values chosen in the field of a facet; none for a range, which its own facet keeps."""
        own = (value for one in self.filters if one.name == field for value in one.values)
        chosen = (_chosen(value) for value in own)
        return tuple(value for value in chosen if isinstance(value, str))


def _chosen(value: Value) -> Value:
    """Return the value of a facet that the value of a filter is."""
    match value:
        case InterviewId():
            return value.id
        case TaggedTurns():
            return value.tag
        case _:
            return value


def request(query: str = "", **options: Unpack[SearchOptions]) -> SearchRequest:
    """Parse a query and its options; raise `QueryError` for its syntax, `UsageError` for an option or its value."""
    _check_names(options, SearchOptions.__annotations__)
    nodes = parse(query).nodes
    match, by = options.get("match"), options.get("by")
    sort = parse_choice("sort", options.get("sort", Sort.RELEVANCE), Sort)
    parsed = SearchRequest(
        query=query,
        node=All(tuple(node for node in nodes if not isinstance(node, Field))),
        filters=_filters(nodes, options),
        match=parse_choice("match", match, Match) if match else None,
        sort=sort,
        seed=_seed(options.get("seed"), sort),
        limit=check_minimum("limit", options.get("limit", 10)),
        page=check_minimum("page", options.get("page", 1)),
        facets=facet_fields(options.get("facets", ())),
        context=check_minimum("context", options.get("context", 0), 0),
        synonyms=options.get("synonyms"),
        regional=options.get("regional"),
        by=parse_choice("by", by, By) if by else None,
    )
    if parsed.first + parsed.limit > WINDOW:
        raise UsageError(
            _("Only the first {number} hits can be paged to.").format(number=f"{WINDOW:,}"),
            _("Narrow the search, or write all hits: --all with --jsonl, --csv or --ids."),
        )
    return parsed


def known_filters(filters: Filters, *own: str) -> Filters:
    """Return filters; raise `UsageError` for one that does not exist. `own` are other options of the caller."""
    _check_names(filters, Filters.__annotations__, own)
    return filters


def _check_names(options: Mapping[str, object], known: Iterable[str], own: Iterable[str] = ()) -> None:
    """Raise `UsageError` for an option that does not exist, with the nearest that does."""
    from difflib import get_close_matches

    names = (*known, *own)
    for option in options:
        if option not in names:
            near = get_close_matches(option, names, n=1)
            unknown = _("There is no option {option}.").format(option=option)
            meant = _("Did you mean {name}?").format(name=near[0]) if near else ""
            raise UsageError(sentences(unknown, meant), _("Options: {names}.").format(names=_(", ").join(names)))


def facet_fields(names: Values) -> tuple[FacetField, ...]:
    """Parse the fields of facets, each once; raise `UsageError` for an unknown one."""
    return tuple(dict.fromkeys(parse_choice("facet", name, FacetField) for name in _as_tuple(names)))


def plain_request(text: str) -> SearchRequest:
    """Return the search for the words of `text`, without operators."""
    return SearchRequest(query=text, node=All((Word(text),) if text.strip() else ()))


def _filters(nodes: tuple[Node, ...], options: SearchOptions) -> tuple[Field, ...]:
    """Return one filter per field, with its values in query and options; `since` and `until` are a separate one."""
    values: dict[str, list[Value]] = {}
    for node in nodes:
        if isinstance(node, Field):
            values.setdefault(node.name, []).extend(node.values)
    for name, typed in _field_options(options):
        values.setdefault(name, []).extend(value_of(name, one) for one in typed)
    merged = [Field(name, tuple(dict.fromkeys(found))) for name, found in values.items() if found]
    return (*merged, *_dates(options.get("since") or "", options.get("until") or ""))


def _field_options(options: SearchOptions) -> list[tuple[str, tuple[str, ...]]]:
    """Return the options that are fields, with their values."""
    typed = cast("Mapping[str, Values | None]", options)
    return [(name, _as_tuple(typed.get(name))) for name in FIELDS]


def _dates(since: str, until: str) -> tuple[Field, ...]:
    if not since and not until:
        return ()
    low = day_span(since)[0] if since else None
    high = day_span(until)[1] if until else None
    if low and high and low > high:
        late = _("--since {since} is later than --until {until}.").format(since=since, until=until)
        raise UsageError(late, _("Give the earlier date to --since."))
    return (Field("date", (Range(low, high),)),)


def _seed(seed: int | None, sort: Sort) -> int:
    """Return the seed of a random order; raise `UsageError` for one with another order."""
    if seed is not None and sort is not Sort.RANDOM:
        raise UsageError(_("--seed {seed} requires --sort random.").format(seed=seed), _("Add --sort random."))
    return SEED if seed is None else seed


def _as_tuple(values: Values | None) -> tuple[str, ...]:
    """Return one value or several as a tuple, without empty ones."""
    several = (values,) if isinstance(values, str) else tuple(values or ())
    return tuple(value for value in several if value.strip())
