"""Install the dashboard with its data views, sessions and panels in a Kibana, from data/kibana/fangtan.ndjson."""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import quote

from indexer.errors import KibanaError, NotFoundError
from indexer.language.messages import gettext as _
from search_cli.kibana.server import Answer, KibanaServer, get, not_kibana, upload

FILE_NAME = "fangtan.ndjson"
_ALIAS = re.compile(r"\bfangtan-(turns|interviews)\b")
"""The aliases of the prefix the file was made for; the ids of its objects begin with them too."""

ExportedObject = Mapping[str, Any]
"""A saved object as Kibana exports it: `type`, `id`, `attributes`, `references`."""


@dataclass(frozen=True, slots=True)
class Installed:
    """The objects Kibana imported and the address of its dashboard; `version` is Kibana's, "" if it does not say."""

    version: str
    objects: tuple[ExportedObject, ...]
    dashboard: str


def ndjson(prefix: str) -> str:
    """Return the file Kibana imports for the indices under `prefix`: one saved object a line."""
    return _ALIAS.sub(rf"{prefix}-\g<1>", _path().read_text(encoding="utf-8"))


def _path() -> Path:
    """Return the file beside this module in an installed wheel, and in `data` in a checkout."""
    packaged = Path(__file__).with_name(FILE_NAME)
    return packaged if packaged.exists() else Path(__file__).resolve().parents[2] / "data/kibana" / FILE_NAME


def install(server: KibanaServer, file: str) -> Installed:
    """Import the saved objects of an NDJSON file, over those of the same ids.

    Raises `ElasticError`s, and `NotFoundError` for an unknown space.
    """
    objects: tuple[ExportedObject, ...] = tuple(json.loads(line) for line in file.splitlines())
    version = _version(server)
    _check_space(server)
    answer = upload(server, "/api/saved_objects/_import?overwrite=true", FILE_NAME, file.encode())
    _check(answer, len(objects))
    (dashboard,) = (one for one in objects if one["type"] == "dashboard")
    return Installed(version, objects, server.dashboard(_id_in_kibana(answer, dashboard)))


def _version(server: KibanaServer) -> str:
    """Return Kibana's version; raise if what answers is not Kibana."""
    try:
        answer = get(server, "/api/status")
    except KibanaError as error:
        raise not_kibana(server) if error.status in {400, 404, 405} else error from error
    if "status" not in answer:
        raise not_kibana(server)
    version = answer.get("version")
    return str(version.get("number", "")) if isinstance(version, dict) else ""


def _check_space(server: KibanaServer) -> None:
    """Raise if the space does not exist: Kibana itself would import into it, where nobody finds the objects."""
    if server.home == server.url:
        return
    try:
        get(server, f"/api/spaces/space/{quote(server.space, safe='')}")
    except KibanaError as error:
        if error.status != 404:
            raise
        raise NotFoundError(
            _("Kibana at {url} has no space {space}.").format(url=server.url, space=server.space),
            next_step=_("Give the id in the space's address (/s/ID/), or leave --space out for the default one."),
        ) from error


def _check(answer: Answer, expected: int) -> None:
    """Raise unless Kibana imported every object; a part of them is not a dashboard, though the status is 200."""
    errors = [_reason(error) for error in answer.get("errors") or ()]
    if answer.get("success") is True and not errors and answer.get("successCount") == expected:
        return
    imported = _("{imported} of {expected} objects imported")
    reasons = "; ".join(errors) or imported.format(imported=answer.get("successCount", 0), expected=expected)
    raise KibanaError(
        _("Kibana did not import everything: {reasons}").format(reasons=reasons), _("Kibana must be 8.16 or newer.")
    )


def _reason(error: Any) -> str:  # noqa: ANN401  whatever Kibana answers
    """Return why one object was not imported."""
    if not isinstance(error, dict):
        return str(error)
    cause = error.get("error") or {}
    missing = _(", ").join(f"{one.get('type')} {one.get('id')}" for one in cause.get("references", ()))
    lacking = _("refers to {objects}, which does not exist").format(objects=missing)
    reason = cause.get("message") or (lacking if missing else cause.get("type", ""))
    return f"{error.get('type')} {error.get('title') or error.get('id')}: {reason}"


def _id_in_kibana(answer: Answer, dashboard: ExportedObject) -> str:
    """Return the id the dashboard got: a new one if another space of this Kibana already has its own."""
    for result in answer.get("successResults") or ():
        if result.get("type") == dashboard["type"] and result.get("id") == dashboard["id"]:
            return str(result.get("destinationId") or dashboard["id"])
    return str(dashboard["id"])
