"""Generate data/kibana/fangtan.ndjson, which `fangtan kibana` installs: `make dashboard`."""

from pathlib import Path

from search_cli.tools.kibana import data_views, saved_searches
from search_cli.tools.kibana.dashboard import dashboard
from search_cli.tools.kibana.panels import panels
from search_cli.tools.kibana.saved_objects import SavedObject, ndjson

FILE = Path(__file__).resolve().parents[3] / "data/kibana/fangtan.ndjson"


def objects(prefix: str = "fangtan") -> tuple[SavedObject, ...]:
    """Build the saved objects for the indices under `prefix`, each after those it refers to."""
    turns, interviews = data_views.turns(prefix), data_views.interviews(prefix)
    shown, session = panels(turns), saved_searches.turns(turns)
    return turns, interviews, session, saved_searches.interviews(interviews), *shown, dashboard(turns, shown, session)


if __name__ == "__main__":
    FILE.write_text(ndjson(objects()), encoding="utf-8", newline="\n")
