"""Ready-made bulk bodies: what the node takes of the same documents when nothing but sending them is to be done."""

import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import orjson
from elasticsearch import Elasticsearch, helpers

from indexer.settings import Settings
from indexer.store import index_template, mapping

BODY_BYTES = 4 * 1024 * 1024
THREADS = 2


def bodies(client: Elasticsearch, archive: Settings, target: Settings) -> list[bytes]:
    """Return every document of `archive` as bulk bodies that write it to the indices of `target`."""
    lines: list[bytes] = []
    made: list[bytes] = []
    size = 0
    for line in _lines(client, archive, target):
        lines.append(line)
        size += len(line)
        if size >= BODY_BYTES:
            made.append(b"".join(lines))
            lines, size = [], 0
    return [*made, b"".join(lines)] if lines else made


def _lines(client: Elasticsearch, archive: Settings, target: Settings) -> Iterator[bytes]:
    for source, name in zip(mapping.names(archive).each, mapping.names(target).each, strict=True):
        for hit in helpers.scan(client, index=source, size=2000):
            head = orjson.dumps({"index": {"_index": name, "_id": hit["_id"]}})
            yield head + b"\n" + orjson.dumps(hit["_source"]) + b"\n"


def send(client: Elasticsearch, target: Settings, made: list[bytes]) -> float:
    """Write the bodies into fresh indices under `target`; return the seconds it took, refresh included."""
    names = mapping.names(target)
    for kind, name in zip(mapping.KINDS, names.each, strict=True):
        client.options(ignore_status=404).indices.delete(index=name)
        settings = {**index_template.index_settings(target), "refresh_interval": "-1"}
        client.indices.create(index=name, mappings=mapping.mappings(kind, {}), settings=settings)
    began = time.perf_counter()
    with ThreadPoolExecutor(THREADS) as threads:
        for answer in threads.map(lambda body: client.bulk(body=body), made):
            assert not answer["errors"], "a ready-made document was refused"
    client.indices.refresh(index=",".join(names.each))
    return time.perf_counter() - began
