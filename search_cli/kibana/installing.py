"""Puts the saved objects into a Kibana, and says what came of it."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote

from indexer.errors import KibanaError, NotFoundError
from search_cli.kibana.server import Answer, KibanaServer, get, upload
from search_cli.tools.kibana.saved_objects import SavedObject, ndjson

FILE_NAME = "fangtan.ndjson"


@dataclass(frozen=True, slots=True)
class Installed:
    """What Kibana took, and where its dashboard is opened. `version` is Kibana's, "" where it does not tell."""

    version: str
    objects: tuple[SavedObject, ...]
    dashboard: str


def install(server: KibanaServer, objects: Sequence[SavedObject]) -> Installed:
    """Import `objects`, over those of the same ids. Raises `ElasticError`s, `NotFoundError` for an unknown space."""
    version = _version(server)
    _check_space(server)
    content = ndjson(objects).encode()
    answer = upload(server, "/api/saved_objects/_import?overwrite=true", FILE_NAME, content)
    _check(answer, len(objects))
    (dashboard,) = (one for one in objects if one.type == "dashboard")
    return Installed(version, tuple(objects), server.dashboard(_id_in_kibana(answer, dashboard)))


def _version(server: KibanaServer) -> str:
    """Return Kibana's version; raises unless it is Kibana that answers."""
    try:
        answer = get(server, "/api/status")
    except KibanaError as error:
        raise _not_kibana(server) if error.status in {400, 404, 405} else error from error
    if "status" not in answer:
        raise _not_kibana(server)
    version = answer.get("version")
    return str(version.get("number", "")) if isinstance(version, dict) else ""


def _not_kibana(server: KibanaServer) -> KibanaError:
    return KibanaError(
        f"{server.url} answers, but not as Kibana does.",
        "Give Kibana's address, not Elasticsearch's, with the path it lives under: --url https://example.org/kibana",
    )


def _check_space(server: KibanaServer) -> None:
    """Raise unless the space is there: Kibana itself imports into one that is not, where nobody finds it."""
    if server.home == server.url:
        return
    try:
        get(server, f"/api/spaces/space/{quote(server.space, safe='')}")
    except KibanaError as error:
        if error.status != 404:
            raise
        raise NotFoundError(
            f"Kibana at {server.url} has no space {server.space}.",
            next_step="Give the id in the space's address (/s/ID/), or leave --space out for the default one.",
        ) from error


def _check(answer: Answer, given: int) -> None:
    """Raise unless Kibana took every object: a part of them is no dashboard, though the answer's status is 200."""
    errors = [_told(one) for one in answer.get("errors") or ()]
    if answer.get("success") is True and not errors and answer.get("successCount") == given:
        return
    told = "; ".join(errors) or f"{answer.get('successCount', 0)} of {given} objects taken"
    raise KibanaError(f"Kibana did not take everything: {told}", "Is it older than 8.16? Nothing older reads these.")


def _told(error: Any) -> str:  # noqa: ANN401  whatever Kibana says
    """Return one object's failure in words."""
    if not isinstance(error, dict):
        return str(error)
    cause = error.get("error") or {}
    missing = ", ".join(f"{one.get('type')} {one.get('id')}" for one in cause.get("references", ()))
    reason = cause.get("message") or (f"refers to {missing}, which is not there" if missing else cause.get("type", ""))
    return f"{error.get('type')} {error.get('title') or error.get('id')}: {reason}"


def _id_in_kibana(answer: Answer, one: SavedObject) -> str:
    """Return the id an object got: another than its own where another space of this Kibana has that already."""
    for result in answer.get("successResults") or ():
        if result.get("type") == one.type and result.get("id") == one.id:
            return str(result.get("destinationId") or one.id)
    return one.id
