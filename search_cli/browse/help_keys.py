"""The keys of the screen, for its help."""

from collections.abc import Sequence

from search_cli.browse.actions import Action
from search_cli.browse.dialogs import Keys
from search_cli.browse.reading_views import VIEWS

_QUERY = (
    ("", "The query"),
    ("小米 合作", "turns with these words, best first"),
    ('"红米手机"', "exactly these characters"),
    ("-广告", "without this word"),
    ("小米 OR 华为", "either"),
    ("speaker:郑志昊", "a field: speaker, topic, outlet, year, date, role, interview, title, mentions, and others"),
    ("Enter ↓", "on to the hits, where letters are keys"),
)
_LISTS = (
    ("", "Hits, facets and the reading pane"),
    ("↑ ↓ PgUp PgDn", "move; Enter on a hit reads it, Enter or Space on a facet turns it on or off"),
    ("n p", "the next and the previous hit, from anywhere but the query"),
    ("Tab", "the next part of the screen"),
    ("/ f", "to the query, to the facets"),
    ("o", "another order: best first, latest first, oldest first, as in the interviews"),
    ("z", "the reading pane alone, and back"),
)
_LEAVE = (
    ("F5", "ask again, as after Elasticsearch was away"),
    ("Esc", "back: from a view to the exchange, from the lists to the query"),
    ("q Ctrl-Q Ctrl-C", "leave; the command that finds the same is printed"),
)


def help_keys(actions: Sequence[Action]) -> Keys:
    """Return all keys with what they do, under headings."""
    views = ((view.key, view.about) for view in VIEWS)
    deeds = ((action.key, action.about) for action in actions)
    return (
        *_QUERY,
        *_LISTS,
        ("", "What the reading pane shows"),
        *views,
        ("", "With a hit or the query"),
        *deeds,
        ("", "The program"),
        *_LEAVE,
    )
