"""The keys of the screen, for its help."""

from collections.abc import Sequence

from indexer.language.messages import gettext as _
from indexer.language.messages import gettext_noop
from search_cli.browse.actions import Action
from search_cli.browse.dialogs import Keys
from search_cli.browse.reading_views import VIEWS

_QUERY = (
    ("", gettext_noop("The query")),
    ("小米 合作", gettext_noop("turns with these words, best first")),
    ('"红米手机"', gettext_noop("exactly these characters")),
    ("-广告", gettext_noop("without this word")),
    ("小米 OR 华为", gettext_noop("either")),
    (
        "speaker:郑志昊",
        gettext_noop("a field: speaker, topic, outlet, year, date, role, interview, title, mentions, and others"),
    ),
    ("Enter ↓", gettext_noop("on to the hits, where letters are keys")),
)
_LISTS = (
    ("", gettext_noop("Hits, facets and the reading pane")),
    ("↑ ↓ PgUp PgDn", gettext_noop("move; Enter on a hit reads it, Enter or Space on a facet turns it on or off")),
    ("n p", gettext_noop("the next and the previous hit, from anywhere but the query")),
    ("Tab", gettext_noop("the next part of the screen")),
    ("/ f", gettext_noop("to the query, to the facets")),
    ("o", gettext_noop("another order: best first, latest first, oldest first, as in the interviews")),
    ("z", gettext_noop("the reading pane alone, and back")),
)
_VIEWS = (("", gettext_noop("What the reading pane shows")),)
_DEEDS = (("", gettext_noop("With a hit or the query")),)
_LEAVE = (
    ("", gettext_noop("The program")),
    ("F5", gettext_noop("ask again, as after Elasticsearch was away")),
    ("Esc", gettext_noop("back: from a view to the exchange, from the lists to the query")),
    ("q Ctrl-Q Ctrl-C", gettext_noop("leave; the command that finds the same is printed")),
)


def help_keys(actions: Sequence[Action]) -> Keys:
    """Return all keys with what they do, under headings."""
    views = ((view.key, view.about) for view in VIEWS)
    deeds = ((action.key, action.about) for action in actions)
    keys = (*_QUERY, *_LISTS, *_VIEWS, *views, *_DEEDS, *deeds, *_LEAVE)
    return tuple((key, _(about)) for key, about in keys)
