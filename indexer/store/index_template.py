"""Configure the indices on a cluster through an index template: shards, replicas and refresh, from the environment.

The template has the name of the prefix (fangtan) and includes the component template of the same name with `@custom`,
if there is one: administrators can put other settings there, such as allocation or slow logs. If the credentials do not
allow templates, each index is created with the same settings.
"""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from indexer.settings import Settings
from indexer.store.mapping import KINDS

if TYPE_CHECKING:
    from elasticsearch import Elasticsearch

# Above the 100 and 200 of the built-in templates. Of two prefixes with overlapping patterns (a and a-turns) the longer
# one applies: Elasticsearch refuses two such templates of the same priority.
_PRIORITY = 500


DEFAULT_FIELDS = ("text", "title", "speaker", "speakers", "guests", "topics", "outlet")
"""The fields of a query that names none (`q="红米手机"`, KQL in Kibana): not those made for ranking, which would find
the answers to a question by the words of the question."""


REFRESH = "30s"
"""Time after which others see what is written meanwhile: every run refreshes the indices at its end. With
Elasticsearch's own default, a second, filling an index took it a third more CPU time, and its files were half as large
again before they were merged (12,805 turns, on a busy machine)."""


STORE_STATS = "1s"
"""Time for which Elasticsearch believes the size of an index that it measured: by default ten seconds, and an archive
was told to be as small as an empty one just after its first run."""


def index_settings(settings: Settings) -> dict[str, Any]:
    """Return the settings of an index; a range of replicas (0-1) follows the number of nodes."""
    replicas: dict[str, Any] = (
        {"auto_expand_replicas": settings.replicas}
        if "-" in settings.replicas
        else {"number_of_replicas": int(settings.replicas), "auto_expand_replicas": False}
    )
    return {
        "number_of_shards": settings.shards,
        **replicas,
        "refresh_interval": settings.refresh or REFRESH,
        "store.stats_refresh_interval": STORE_STATS,
        "query": {"default_field": list(DEFAULT_FIELDS)},
    }


def template(settings: Settings) -> dict[str, Any]:
    """Return the body of the index template for the indices of the prefix."""
    custom = f"{settings.index}@custom"
    return {
        "index_patterns": [f"{settings.index}-{kind}-*" for kind in KINDS],
        "priority": _PRIORITY + len(settings.index),
        # a request to an index that was dropped must not create it anew, with fields guessed from its documents
        "allow_auto_create": False,
        "template": {"settings": index_settings(settings)},
        "composed_of": [custom],
        "ignore_missing_component_templates": [custom],
        "_meta": {"description": "fangtan: FANGTAN_SHARDS, FANGTAN_REPLICAS, FANGTAN_REFRESH", "managed_by": "fangtan"},
    }


def ensure(client: "Elasticsearch", settings: Settings) -> Mapping[str, Any]:
    """Put the template; return the settings that each index needs itself: none, or all if templates are forbidden."""
    from elasticsearch import AuthorizationException

    try:
        client.indices.put_index_template(name=settings.index, body=template(settings))
    except AuthorizationException:
        return index_settings(settings)
    return {}
