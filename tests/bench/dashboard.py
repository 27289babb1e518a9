"""The dashboard 访谈 read aloud: each panel with the numbers Kibana would draw of an archive, controls and guide too.

python -m tests.bench.dashboard [--rows 8]

Asks the archive that the environment names (ELASTICSEARCH_URL, FANGTAN_INDEX), or the embedded node's.
"""

import json
import sys
from typing import Annotated, Any

import typer
from elasticsearch import Elasticsearch

from indexer import settings as settings_of
from indexer.elastic.connection import connect
from indexer.store import mapping
from search_cli.tools.kibana import generate, guide
from tests.support import kql, lens


def say(text: str = "") -> None:
    sys.stdout.write(f"{text}\n")


def panel(client: Elasticsearch, index: str, one: dict[str, Any], window: dict[str, str], most: int) -> None:
    attributes = one["attributes"]
    say(f"\n{attributes['title']} — {attributes['description']} [{attributes['visualizationType']}]")
    answer = client.search(index=index, body=lens.body(one, mapping.TURN, window))
    rows = lens.rows(one, answer.body)
    columns = lens.layer(one)["columns"]
    say("  " + " | ".join(str(column["label"]) for column in columns.values()))
    for row in rows[:most]:
        say("  " + " | ".join(f"{value:,.0f}" if isinstance(value, float) else str(value) for value in row))
    if len(rows) > most:
        say(f"  … {len(rows) - most} more")


def main(rows: Annotated[int, typer.Option(help="Rows of each panel.")] = 8) -> None:
    """Print every panel of the dashboard."""
    settings = settings_of.load()
    objects = {one.id: one.as_line() for one in generate.objects(settings.index)}
    index = f"{settings.index}-turns"
    dashboard = objects[f"{index}-dashboard"]
    window = lens.time_range(dashboard)
    with connect(settings) as client:
        say(f"{dashboard['attributes']['title']}: {window['from'][:10]} to {window['to']}")
        say("\nControls")
        for name, body in lens.control_queries(dashboard).items():
            values = client.search(index=index, body=body)["aggregations"]["suggestions"]["buckets"]
            say(f"  {name}: " + "，".join(f"{one['key']} {one['doc_count']}" for one in values[:rows]))
        say("\nGuide")
        for example in guide.EXAMPLES:
            found = client.count(index=index, query=kql.query(example.kql, mapping.TURN))["count"]
            say(f"  {example.kql} — {example.finds}: {found}")
        for placed in json.loads(dashboard["attributes"]["panelsJSON"]):
            if placed["type"] == "lens":
                panel(client, index, objects[f"{index}-{placed['panelIndex']}"], window, rows)


if __name__ == "__main__":
    typer.run(main)
