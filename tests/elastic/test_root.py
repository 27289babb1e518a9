"""`GET /` as Elasticsearch answers it."""

from elasticsearch import Elasticsearch


def test_info(client: Elasticsearch) -> None:
    info = client.info()
    assert info["version"]["number"] == "9.5.3"
    assert client.ping()
