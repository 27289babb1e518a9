"""The plain script people write: jieba, `helpers.bulk`, one field; typer and one query. What fangtan is measured by.

python -m tests.bench.plain index URL INDEX FOLDER
python -m tests.bench.plain search URL INDEX QUERY
"""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import jieba
import typer
from elasticsearch import Elasticsearch, helpers

app = typer.Typer()
LABEL = re.compile(r"^([^：:\s]{1,20})[：:](.*)")


def turns(folder: Path) -> Iterator[dict[str, Any]]:
    for path in sorted(folder.rglob("*.txt")):
        speaker, text = "", ""
        for line in path.read_text(encoding="utf-8").splitlines():
            match = LABEL.match(line)
            if match:
                if text:
                    yield {"source": path.name, "speaker": speaker, "text": text}
                speaker, text = match[1], match[2]
            else:
                text += line
        yield {"source": path.name, "speaker": speaker, "text": text}


@app.command()
def index(url: str, name: str, folder: Path) -> None:
    client = Elasticsearch(url)
    client.options(ignore_status=404).indices.delete(index=name)
    fields = {"speaker": {"type": "keyword"}, "source": {"type": "keyword"}}
    words = {"type": "text", "analyzer": "whitespace"}
    client.indices.create(index=name, mappings={"properties": {**fields, "words": words}})
    actions = (
        {
            "_index": name,
            "speaker": turn["speaker"],
            "source": turn["source"],
            "words": " ".join(jieba.lcut(turn["text"])),
        }
        for turn in turns(folder)
    )
    helpers.bulk(client, actions)
    client.indices.refresh(index=name)


@app.command()
def search(url: str, name: str, query: str) -> None:
    client = Elasticsearch(url)
    words = " ".join(jieba.lcut(query))
    response = client.search(index=name, query={"match": {"words": words}}, size=10)
    for hit in response["hits"]["hits"]:
        source = hit["_source"]
        print(f"{hit['_score']:.2f}  {source['speaker']}  {source['source']}\n    {source['words'][:200]}")


if __name__ == "__main__":
    app()
