"""The options that several commands share: filters, order, output, metadata."""

from collections.abc import Callable, Sequence
from functools import wraps
from inspect import Parameter, Signature, signature
from itertools import chain
from pathlib import Path
from typing import Annotated, Any, cast

import typer

from indexer.errors import UsageError
from indexer.language.messages import gettext as _
from indexer.language.messages import sentences
from indexer.model import Metadata
from search_cli.commands import completion, exchange_filters
from search_cli.query.interview_query import FIELDS as INTERVIEW_FIELDS
from search_cli.query.request import Filters, Match, Sort

_FILTERS, _ORDER, _OUTPUT = "Filters", "Order and size", "Output"

_QUERY = 'Words, exact "quotes", -without, OR, field:value.'
Words = Annotated[
    list[str] | None,
    typer.Argument(metavar="[QUERY]...", help=_QUERY, autocompletion=completion.query_words),
]

TitleWords = Annotated[
    list[str] | None,
    typer.Argument(metavar="[TITLE]...", help='Words of the title, "phrases", -without, OR, field:value.'),
]


def _filter(name: str, metavar: str, text: str, complete: Callable[[str], list[str]] | None = None) -> object:
    """Build the option of a filter, a text that completes; `text` is its help."""
    return typer.Option(f"--{name}", metavar=metavar, help=text, rich_help_panel=_FILTERS, autocompletion=complete)


def _switch(name: str, text: str) -> object:
    """Build an option that is on, off or, by default, as the settings have it."""
    return typer.Option(f"--{name}/--no-{name}", help=text, rich_help_panel=_FILTERS, show_default=False)


_Texts, _Text, _Switch = list[str] | None, str | None, bool | None
_ROLES = "interviewer (采访), interviewee (受访), host (主持), narration (旁白) or other"
_MATCHES = "Turns that match: with all words, most (both of two, three quarters of more), some, or any part of one."

FILTERS: dict[str, Any] = {
    "speaker": Annotated[_Texts, _filter("speaker", "NAME", "Only this speaker. Repeatable.", completion.speakers)],
    "to": Annotated[
        _Texts, _filter("to", "NAME", "Only answers to questions of this speaker. Repeatable.", completion.speakers)
    ],
    "role": Annotated[_Texts, _filter("role", "ROLE", f"Only {_ROLES}.", completion.roles)],
    "topic": Annotated[_Texts, _filter("topic", "TOPIC", "Only this topic.", completion.topics)],
    "outlet": Annotated[_Texts, _filter("outlet", "NAME", "Only interviews from this outlet.", completion.outlets)],
    "interview": Annotated[
        _Texts,
        _filter("interview", "ID", "Only this interview; a unique prefix of its id is enough.", completion.interviews),
    ],
    "title": Annotated[_Texts, _filter("title", "TEXT", "Only interviews whose title contains this.")],
    "author": Annotated[_Texts, _filter("author", "NAME", "Only interviews by this author.")],
    "affiliation": Annotated[
        _Texts, _filter("affiliation", "TEXT", "Only speakers whose organisation or position contains this.")
    ],
    "language": Annotated[_Texts, _filter("language", "LANGUAGE", "Only zh-Hant (繁体) or zh-Hans (简体).")],
    "mentions": Annotated[
        _Texts, _filter("mentions", "NAME", "Only turns that speak of this person.", completion.mentions)
    ],
    **exchange_filters.FILTERS,
    "tag": Annotated[_Texts, _filter("tag", "TAG", "Only turns with this tag. Repeatable.", completion.tags)],
    "number": Annotated[_Texts, _filter("number", "RANGE", "Only turns that say a number: 6.11亿, >1亿, 5万..10万.")],
    "year": Annotated[_Texts, _filter("year", "YEAR", "Only this year, or 2019..2021.")],
    "since": Annotated[_Text, _filter("since", "DATE", "From this date on: 2013, 2013-07 or 2013-07-05.")],
    "until": Annotated[_Text, _filter("until", "DATE", "Up to and including this date.")],
    "added": Annotated[_Text, _filter("added", "TIME", "Only interviews indexed since: 7d, 2w or 24h ago, or a date.")],
    "match": Annotated[Match | None, typer.Option("--match", help=_MATCHES, rich_help_panel=_FILTERS)],
    "synonyms": Annotated[
        _Switch, _switch("synonyms", "Also search synonyms from synonyms.txt; FANGTAN_SYNONYMS=0 turns this off.")
    ],
    "regional": Annotated[
        _Switch, _switch("regional", "Also search regional words (软件, 軟體); FANGTAN_REGIONAL=1 turns this on.")
    ],
}
"""The options of `Filters`, by their name there."""

INTERVIEW_FILTERS = tuple(name for name in FILTERS if name in {*INTERVIEW_FIELDS, "since", "until"})
"""The filters that an interview has by itself."""

QUERY_FILTERS = ("match", "synonyms", "regional")
"""The filters that need a query."""

SortOption = Annotated[
    Sort,
    typer.Option(
        "--sort",
        help="Order of hits: best first, latest first (date), oldest first, as in the archive, or random.",
        rich_help_panel=_ORDER,
    ),
]
Seed = Annotated[
    int | None,
    typer.Option(
        "--seed",
        metavar="N",
        help="The random order to take (default 1): the same seed gives the same sample.",
        rich_help_panel=_ORDER,
    ),
]
Limit = Annotated[
    int | None,
    typer.Option("--limit", "-n", min=1, metavar="N", help="Hits per page (default 10).", rich_help_panel=_ORDER),
]
MaxHits = Annotated[
    int | None,
    typer.Option("--limit", "-n", min=1, metavar="N", help="Number of hits (default 10).", rich_help_panel=_ORDER),
]
PageNumber = Annotated[int, typer.Option("--page", min=1, metavar="N", help="Page number.", rich_help_panel=_ORDER)]
FacetFields = Annotated[
    list[str] | None,
    typer.Option(
        "--facet",
        metavar="FIELD",
        help=f"Count turns by {', '.join(completion.FIELDS)}. Repeatable.",
        rich_help_panel=_ORDER,
        autocompletion=completion.fields,
    ),
]
Context = Annotated[
    int,
    typer.Option(
        "--context", min=0, metavar="N", help="Show N turns before and after each hit.", rich_help_panel=_ORDER
    ),
]
Full = Annotated[
    bool, typer.Option("--full", help="Show whole turns instead of their best lines.", rich_help_panel=_ORDER)
]
Json = Annotated[bool, typer.Option("--json", help="Print a JSON object.", rich_help_panel=_OUTPUT)]
JsonLines = Annotated[bool, typer.Option("--jsonl", help="Print a JSON object per line.", rich_help_panel=_OUTPUT)]
Csv = Annotated[bool, typer.Option("--csv", help="Print CSV (UTF-8) with a header.", rich_help_panel=_OUTPUT)]
_FILE = "Write a file: a .csv opens in Excel; .json and .jsonl too."
Output = Annotated[Path | None, typer.Option("--output", "-o", metavar="FILE", help=_FILE, rich_help_panel=_OUTPUT)]
Ids = Annotated[bool, typer.Option("--ids", help="Print only addresses, one per line.", rich_help_panel=_OUTPUT)]
AllHits = Annotated[
    bool, typer.Option("--all", help="Print all hits, with --jsonl, --csv or --ids.", rich_help_panel=_OUTPUT)
]
ShowQuery = Annotated[
    bool,
    typer.Option("--show-query", help="Print the Elasticsearch requests as curl commands.", rich_help_panel=_OUTPUT),
]
Hints = Annotated[
    bool,
    typer.Option(
        "--hints/--no-hints", help="Suggest a next step; FANGTAN_HINTS=0 turns this off.", rich_help_panel=_OUTPUT
    ),
]
TurnAddress = Annotated[
    str,
    typer.Argument(
        metavar="ADDRESS",
        help="interview#turn; a unique prefix of the interview's id is enough.",
        autocompletion=completion.interviews,
        show_default=False,
    ),
]
Meta = Annotated[
    list[str] | None,
    typer.Option("--meta", metavar="KEY=VALUE", help="Override metadata: title, date, outlet, author…. Repeatable."),
]

Encoding = Annotated[
    str,
    typer.Option(
        "--encoding",
        metavar="NAME",
        help="Encoding of text files: gb18030, big5…; auto detects it.",
        show_default=False,
    ),
]

_META_KEYS = {
    "title": "title",
    "date": "date",
    "outlet": "outlet",
    "author": "author",
    "authors": "author",
    "url": "url",
    "media": "media",
    "guest": "guest",
    "language": "language",
}
_FIELDS = {typed: name for name in completion.FIELDS for typed in (name, f"{name}s")}
_FIELDS |= dict.fromkeys(("mention", "mentioned"), "mentions")

Command = Callable[..., None]


def with_filters(*without: str) -> Callable[[Command], Command]:
    """Add the filter options to a command, which gets those that were typed as its keyword `filters`.

    Typer reads the options of a command from its signature. `without` names filters that do not apply to it.
    """
    options = [
        Parameter(name, Parameter.KEYWORD_ONLY, default=None, annotation=annotation)
        for name, annotation in FILTERS.items()
        if name not in without
    ]

    def add(command: Command) -> Command:
        @wraps(command)
        def run(**values: object) -> None:
            typed = {one.name: values.pop(one.name) for one in options}
            command(**values, filters=_typed(typed))

        own = signature(command).parameters.values()
        each = chain.from_iterable(options if one.name == "filters" else (one,) for one in own)
        parameters = [one.replace(kind=Parameter.KEYWORD_ONLY) for one in each]
        run.__dict__["__signature__"] = Signature(parameters, return_annotation=None)
        run.__annotations__ = {one.name: one.annotation for one in parameters}
        return run

    return add


def _typed(values: dict[str, object]) -> Filters:
    """Return the filters that were typed."""
    typed = {name: value for name, value in values.items() if value not in (None, "", [])}
    return cast("Filters", {name: tuple(one) if isinstance(one, list) else one for name, one in typed.items()})


def facet_field(name: str) -> str:
    """Parse a field, in the singular or plural; raise `UsageError` with the nearest one if it is unknown."""
    from difflib import get_close_matches

    if is_facet_field(name):
        return _FIELDS[name.lower()]
    near = get_close_matches(name.lower(), _FIELDS, n=1)
    unknown = _("There is no field {name} to count.").format(name=name)
    meant = _("Did you mean {name}?").format(name=_FIELDS[near[0]]) if near else ""
    raise UsageError(sentences(unknown, meant), _("Fields: {names}").format(names=_(", ").join(completion.FIELDS)))


def is_facet_field(name: str) -> bool:
    """Check whether a word is the name of a field that can be counted."""
    return name.lower() in _FIELDS


def parse_meta(meta: Sequence[str] | None, *, can_remove: bool = False) -> Metadata:
    """Parse the values of `--meta`; raise `UsageError` for an unknown key, a missing value or an invalid date.

    If `can_remove`, KEY= removes an earlier override.
    """
    if not meta:
        return ()
    from indexer.indexing.transcript import check_overrides  # the parser knows what a date looks like

    pairs = tuple(_pair(one, can_remove=can_remove) for one in meta)
    check_overrides(pairs)
    return pairs


def _pair(typed: str, *, can_remove: bool) -> tuple[str, str]:
    key, sign, value = typed.partition("=")
    if not sign or key not in _META_KEYS or not (value.strip() or can_remove):
        wrong = _("--meta {typed} is not KEY=VALUE with one of {keys}.").format(
            typed=typed, keys=_(", ").join(_META_KEYS)
        )
        raise UsageError(wrong, "--meta title=…")
    return _META_KEYS[key], value.strip()


def file_path(typed: str) -> Path:
    """Return the path of a typed argument; raise `UsageError` for an empty one, which would be the current folder."""
    if not typed.strip():
        raise UsageError(_("The path is empty."), _("Name a file or a folder; . is the current folder."))
    return Path(typed)


def parse_encoding(name: str) -> Metadata:
    """Return the override of `--encoding`, none without the option; raise `UsageError` for an unknown name."""
    if not name:
        return ()
    from indexer.indexing.transcript import encoding_override  # the readers know the encodings of text

    return encoding_override(name)


def encoding_name(name: str) -> str:
    """Return the encoding to force, "" to detect it; raise `UsageError` for an unknown name."""
    return dict(parse_encoding(name)).get("encoding", "")
