"""How the indices are laid out on a cluster: shards, copies, refresh. From the environment, through an index template.

The template is named like the prefix (fangtan) and takes in the component template of the same name with `@custom`, if
there is one: there a cluster's keeper puts what fangtan does not know of, such as allocation or slow logs. Where
credentials do not allow templates, the indices are given the same settings one by one.
"""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from indexer.settings import Settings
from indexer.store.mapping import KINDS

if TYPE_CHECKING:
    from elasticsearch import Elasticsearch

# Above the 100 and 200 of what Elasticsearch brings along. Of two prefixes whose patterns meet (a and a-turns), the
# longer one counts: Elasticsearch refuses two templates of one priority there.
_PRIORITY = 500


NAMELESS = ("text", "title", "speaker", "speakers", "guests", "topics", "outlet")
"""What a query is about that names no field (`q="红米手机"`, KQL in Kibana): not the fields made for ranking, where the
answers to a question would be found by the question's words."""


def index_settings(settings: Settings) -> dict[str, Any]:
    """Return the settings of an index: a number of copies is kept, a range of them follows the number of nodes."""
    ranged = "-" in settings.replicas
    copies: dict[str, Any] = (
        {"auto_expand_replicas": settings.replicas}
        if ranged
        else {"number_of_replicas": int(settings.replicas), "auto_expand_replicas": False}
    )
    refresh = {"refresh_interval": settings.refresh} if settings.refresh else {}
    return {"number_of_shards": settings.shards, **copies, **refresh, "query": {"default_field": list(NAMELESS)}}


def template(settings: Settings) -> dict[str, Any]:
    """Return the body of the index template for everything under the prefix."""
    custom = f"{settings.index}@custom"
    return {
        "index_patterns": [f"{settings.index}-{kind}-*" for kind in KINDS],
        "priority": _PRIORITY + len(settings.index),
        "template": {"settings": index_settings(settings)},
        "composed_of": [custom],
        "ignore_missing_component_templates": [custom],
        "_meta": {"description": "fangtan: FANGTAN_SHARDS, FANGTAN_REPLICAS, FANGTAN_REFRESH", "managed_by": "fangtan"},
    }


def ensure(client: "Elasticsearch", settings: Settings) -> Mapping[str, Any]:
    """Put the template, and return the settings an index made now must be given by itself: none, or all of them."""
    from elasticsearch import AuthorizationException

    try:
        client.indices.put_index_template(name=settings.index, body=template(settings))
    except AuthorizationException:
        return index_settings(settings)
    return {}
