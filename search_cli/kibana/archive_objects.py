"""Everything Kibana is given for one archive."""

from search_cli.kibana import data_views, discover
from search_cli.kibana.dashboard import dashboard
from search_cli.kibana.panels import panels
from search_cli.kibana.saved_objects import SavedObject, ndjson


def objects(prefix: str) -> tuple[SavedObject, ...]:
    """Return the saved objects for the indices under `prefix`, each after those it refers to."""
    turns, interviews = data_views.turns(prefix), data_views.interviews(prefix)
    shown, session = panels(turns), discover.turns(turns)
    return turns, interviews, session, discover.interviews(interviews), *shown, dashboard(turns, shown, session)


def file_text(prefix: str) -> str:
    """Return them as the NDJSON file that Kibana imports; data/kibana/fangtan.ndjson is that of the prefix fangtan."""
    return ndjson(objects(prefix))
