"""A server on the loopback interface that imports as Kibana does, by its documentation and source.

It checks a file as strictly as Kibana: credentials, the `kbn-xsrf` header, multipart, a file name ending in .ndjson,
known types, references of data views and searches that resolve, no newer version than its own, and no overwriting
without `overwrite`.
"""

import base64
import email.policy
import json
from email.parser import BytesParser
from typing import Any
from urllib.parse import parse_qs, urlsplit

from tests.support.loopback import Answer, Loopback, Request

NEWEST = {
    "index-pattern": (8, 0, 0),
    "search": (10, 5, 0),
    "lens": (8, 9, 0),
    "dashboard": (10, 2, 0),
    "tag": (8, 0, 0),
}
"""The newest migration version of each type that Kibana 8.16 reads, the oldest supported version."""
ENFORCED = {"index-pattern", "search"}
"""The types whose references Kibana checks on import."""


class Kibana(Loopback):
    def __init__(self, password: str = "secret", api_key: str = "a2V5OmtleQ==", spaces: tuple[str, ...] = ()) -> None:
        super().__init__()
        self.credentials = {f"Basic {base64.b64encode(f'elastic:{password}'.encode()).decode()}", f"ApiKey {api_key}"}
        self.spaces = {"default", *spaces}
        self.objects: dict[tuple[str, str, str], dict[str, Any]] = {}
        self.ready = True
        self.refused: dict[str, str] = {}
        self.version = "9.5.3"

    def answer(self, request: Request) -> Answer:
        if not self.ready:
            return Answer(503, "Kibana server is not ready yet.")
        url = urlsplit(request.path)
        space, path = _space(url.path)
        if request.headers.get("authorization") not in self.credentials:
            return _boom(401, "Unauthorized", "Unauthorized")
        if request.method == "GET":
            return self._read(path)
        if "kbn-xsrf" not in request.headers:
            return _boom(400, "Bad Request", "Request must contain a kbn-xsrf header.")
        if request.method != "POST" or path != "/api/saved_objects/_import":
            return _boom(404, "Not Found", "Not Found")
        return self._import(request, space, overwrite=parse_qs(url.query).get("overwrite") == ["true"])

    def _read(self, path: str) -> Answer:
        if path == "/api/status":
            level = {"level": "available", "summary": "All services and plugins are available"}
            return Answer(200, {"version": {"number": self.version}, "status": {"overall": level}})
        name = path.removeprefix("/api/spaces/space/")
        if name != path and name in self.spaces:
            return Answer(200, {"id": name, "name": name, "disabledFeatures": []})
        return _boom(404, "Not Found", "Not Found")

    def _import(self, request: Request, space: str, overwrite: bool) -> Answer:
        if not request.headers.get("content-type", "").startswith("multipart/form-data"):
            return _boom(415, "Unsupported Media Type", "Unsupported Media Type")
        name, content = _file(request)
        if not name:
            return _boom(400, "Bad Request", "[request body.file]: expected value of type [Stream] but got [undefined]")
        if not name.lower().endswith(".ndjson"):
            return _boom(400, "Bad Request", f"Invalid file extension .{name.rpartition('.')[2].lower()}")
        try:
            given = [json.loads(line) for line in content.decode().splitlines() if line.strip()]
        except ValueError as error:
            return _boom(400, "Bad Request", str(error))
        for one in given:
            newest = NEWEST.get(one["type"], (99, 0, 0))
            if tuple(int(part) for part in one["typeMigrationVersion"].split(".")) > newest:
                known = ".".join(str(part) for part in newest)
                message = (
                    f'Document "{one["id"]}" belongs to a more recent version of Kibana [{one["typeMigrationVersion"]}]'
                )
                return _boom(422, "Unprocessable Entity", f"{message} when the last known version is [{known}].")
        return Answer(200, self._load(given, space, overwrite))

    def _load(self, given: list[dict[str, Any]], space: str, overwrite: bool) -> dict[str, Any]:
        there = {(one["type"], one["id"]) for one in given} | {key[1:] for key in self.objects if key[0] == space}
        results, errors = [], []
        for one in given:
            fault = self._fault(one, space, overwrite, there)
            about = {"type": one["type"], "id": one["id"], "meta": {"title": one["attributes"].get("title", "")}}
            if fault:
                errors.append({**about, "title": about["meta"]["title"], "error": fault})
            else:
                results.append({**about, "managed": False})
        if not errors:
            self.objects |= {(space, one["type"], one["id"]): one for one in given}
        answer = {"successCount": len(results), "success": not errors, "warnings": [], "successResults": results}
        return answer | {"errors": errors}

    def _fault(self, one: dict[str, Any], space: str, overwrite: bool, there: set[tuple[str, str]]) -> Any:
        if one["type"] not in NEWEST:
            return {"type": "unsupported_type"}
        if one["id"] in self.refused:
            return {"type": "unknown", "message": self.refused[one["id"]], "statusCode": 400}
        if (space, one["type"], one["id"]) in self.objects and not overwrite:
            return {"type": "conflict"}
        wanted = [reference for reference in one["references"] if reference["type"] in ENFORCED]
        if missing := [{"type": r["type"], "id": r["id"]} for r in wanted if (r["type"], r["id"]) not in there]:
            return {"type": "missing_references", "references": missing}
        return None


def _space(path: str) -> tuple[str, str]:
    if not path.startswith("/s/"):
        return "default", path
    space, _, rest = path.removeprefix("/s/").partition("/")
    return space, f"/{rest}"


def _file(request: Request) -> tuple[str, bytes]:
    head = f"Content-Type: {request.headers['content-type']}\r\n\r\n".encode()
    message = BytesParser(policy=email.policy.HTTP).parsebytes(head + request.body)
    for part in message.iter_parts():
        if part.get_param("name", header="content-disposition") == "file":
            content = part.get_payload(decode=True)
            return part.get_filename() or "", content if isinstance(content, bytes) else b""
    return "", b""


def _boom(status: int, error: str, message: str) -> Answer:
    return Answer(status, {"statusCode": status, "error": error, "message": message})
