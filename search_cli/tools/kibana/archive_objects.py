"""Everything Kibana is given for one archive."""

from search_cli.tools.kibana import data_views, saved_searches
from search_cli.tools.kibana.dashboard import dashboard
from search_cli.tools.kibana.panels import panels
from search_cli.tools.kibana.saved_objects import SavedObject, ndjson


def objects(prefix: str) -> tuple[SavedObject, ...]:
    """Return the saved objects for the indices under `prefix`, each after those it refers to."""
    turns, interviews = data_views.turns(prefix), data_views.interviews(prefix)
    shown, session = panels(turns), saved_searches.turns(turns)
    return turns, interviews, session, saved_searches.interviews(interviews), *shown, dashboard(turns, shown, session)


def file_text(prefix: str) -> str:
    """Return them as the NDJSON file that Kibana imports; data/kibana/fangtan.ndjson is that of the prefix fangtan."""
    return ndjson(objects(prefix))
