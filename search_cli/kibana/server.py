"""Requests to a Kibana: its address, the credentials, and its failures as fangtan's own errors."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any
from urllib.parse import quote, unquote, urlsplit

from indexer.errors import CertificateError, KibanaError, UnauthorisedError, UnreachableError, UsageError
from indexer.language.messages import gettext as _
from indexer.settings import Settings

if TYPE_CHECKING:
    from urllib3 import BaseHTTPResponse
    from urllib3.exceptions import HTTPError

LOCAL = "http://127.0.0.1:5601"
"""The address of the Kibana of docker-compose.yml."""

CONNECT_SECONDS, ANSWER_SECONDS = 5, 120

Answer = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class KibanaServer:
    """A Kibana: `url` has no credentials and no trailing slash, `space` is "" for the default space."""

    url: str
    api_key: str = field(default="", repr=False)
    username: str = ""
    password: str = field(default="", repr=False)
    space: str = ""
    ca_certs: str = ""

    @property
    def home(self) -> str:
        """Return the address of the space: http://127.0.0.1:5601/s/research."""
        return f"{self.url}/s/{quote(self.space, safe='')}" if self.space not in {"", "default"} else self.url

    def dashboard(self, name: str) -> str:
        """Return the address of the dashboard with that id, for a browser."""
        return f"{self.home}/app/dashboards#/view/{quote(name, safe='')}"


def server(settings: Settings, url: str = "", api_key: str = "", space: str = "", ca_certs: str = "") -> KibanaServer:
    """Return the Kibana at `url`, or the one in the settings, or that of docker compose.

    Credentials, the first that is given: `api_key`, those in `url`, KIBANA_API_KEY, those of Elasticsearch. Raises
    `UsageError`; and `SettingsError` if KIBANA_URL would be sent credentials that come from another source.
    """
    address, username, password = _address(url or settings.kibana_url or LOCAL)
    if not api_key and not username:
        if not url:
            settings.sources.check("KIBANA_URL", _sent(settings))
        api_key = settings.kibana_api_key or settings.api_key
        username, password = settings.username, settings.password
    return KibanaServer(address, api_key, username, password, space, ca_certs or settings.ca_certs)


def _sent(settings: Settings) -> Iterator[str]:
    """Yield the variables whose values are for Kibana, in the order of `server`."""
    yield "ELASTICSEARCH_CA_CERTS"
    if settings.kibana_api_key:
        yield "KIBANA_API_KEY"
    elif settings.api_key:
        yield "ELASTICSEARCH_API_KEY"
    elif settings.username:
        yield from ("ELASTICSEARCH_USERNAME", "ELASTICSEARCH_PASSWORD")
        if "ELASTICSEARCH_USERNAME" not in settings.sources.of:
            yield "ELASTICSEARCH_URL"


def get(server: KibanaServer, path: str) -> Answer:
    """Return the answer to a GET request; `path` is below the server's address, not the space's."""
    return _request(server, "GET", f"{server.url}{path}")


def upload(server: KibanaServer, path: str, name: str, content: bytes) -> Answer:
    """Send a file to the server's space and return the answer; Kibana accepts only names that end in .ndjson."""
    files = {"file": (name, content, "application/ndjson")}
    return _request(server, "POST", f"{server.home}{path}", files)


def _request(
    server: KibanaServer, method: str, url: str, files: Mapping[str, tuple[str, bytes, str]] | None = None
) -> Answer:
    """Send one request and return the answer; redirects are not followed, so credentials go no further."""
    import urllib3

    timeout = urllib3.Timeout(connect=CONNECT_SECONDS, read=ANSWER_SECONDS)
    trusted = server.ca_certs if server.ca_certs and url.startswith("https") else None
    try:
        with urllib3.PoolManager(timeout=timeout, retries=False, ca_certs=trusted) as pool:
            response = pool.request(method, url, fields=files, headers=_headers(server), redirect=False)
    except urllib3.exceptions.HTTPError as error:
        raise _unanswered(error, server) from error
    return _content(response, server)


def _headers(server: KibanaServer) -> dict[str, str]:
    """Return the credentials, and the header without which Kibana refuses a request as forged by a web page."""
    import urllib3

    headers = {"kbn-xsrf": "true", "Accept": "application/json"}
    if server.api_key:
        return {**headers, "Authorization": f"ApiKey {server.api_key}"}
    if server.username:
        return {**headers, **urllib3.make_headers(basic_auth=f"{server.username}:{server.password}")}
    return headers


def _content(response: "BaseHTTPResponse", server: KibanaServer) -> Answer:
    """Return the JSON of a successful answer; raise for every other one."""
    status, reason = response.status, _reason(response)
    if status == 200 and "application/json" in response.headers.get("Content-Type", ""):
        answer = response.json()
        return answer if isinstance(answer, dict) else {}
    if status == 401:
        refused = _("Kibana at {url} does not accept the credentials.").format(url=server.url)
        raise UnauthorisedError(refused, _credentials(server))
    if status == 403:
        forbidden = _("Kibana at {url} does not allow this: {reason}").format(url=server.url, reason=reason)
        raise UnauthorisedError(
            forbidden,
            _("Give the user or API key the Kibana privilege `Saved Objects Management: All` in this space."),
        )
    if status == 503:
        raise UnreachableError(
            _("Kibana at {url} is not ready yet.").format(url=server.url), _("Try again in a minute.")
        )
    if status == 404 or 200 <= status < 400:
        raise not_kibana(server, status)
    answers = _("Kibana at {url} answers with status {status}: {reason}")
    raise KibanaError(answers.format(url=server.url, status=status, reason=reason), status=status)


def not_kibana(server: KibanaServer, status: int = 0) -> KibanaError:
    """Return the error for an address where something other than Kibana answers."""
    return KibanaError(
        _("{url} answers, but not as Kibana does.").format(url=server.url),
        _("Give Kibana's address, not Elasticsearch's, with its path: --url https://example.org/kibana"),
        status,
    )


def _reason(response: "BaseHTTPResponse") -> str:
    """Return the error message of an answer."""
    try:
        answer = response.json()
    except ValueError:
        return response.data.decode("utf-8", "replace").strip()[:200]
    return str(answer.get("message") or answer.get("error")) if isinstance(answer, dict) else ""


def _credentials(server: KibanaServer) -> str:
    """Return the next step after refused credentials."""
    if server.api_key:
        return _("Check the API key; it must be one of the Elasticsearch behind this Kibana.")
    if server.username:
        return _("Check the password of {user} (ELASTICSEARCH_PASSWORD).").format(user=server.username)
    return _("Give --api-key KEY, or set ELASTICSEARCH_USERNAME and ELASTICSEARCH_PASSWORD.")


def _unanswered(error: "HTTPError", server: KibanaServer) -> UnreachableError | CertificateError:
    """Return the error for a request without an answer."""
    from urllib3.exceptions import NewConnectionError, SSLError, TimeoutError

    if isinstance(error, SSLError):
        return CertificateError(
            _("The TLS connection to {url} is not trusted: {reason}").format(url=server.url, reason=error),
            _("Give its authority's certificate: --ca-certs FILE. If Kibana does not use TLS, write http:// in --url."),
        )
    if isinstance(error, TimeoutError) and not isinstance(error, NewConnectionError):
        late = _("Kibana at {url} did not answer in time.").format(url=server.url)
        return UnreachableError(late, _("Try again in a minute."))
    return UnreachableError(
        _("No Kibana answers at {url}.").format(url=server.url),
        _("Start Kibana (make env && docker compose up -d), or give its address: fangtan kibana install --url URL"),
    )


def _address(text: str) -> tuple[str, str, str]:
    """Split an address into the address without credentials, the user and the password."""
    try:
        parts = urlsplit(text)
        host, port = parts.hostname, parts.port
    except ValueError:
        parts, host, port = urlsplit(""), None, None
    if parts.scheme not in {"http", "https"} or not host:
        raise UsageError(_("Kibana's address is not valid."), _("Write it as http://127.0.0.1:5601."))
    shown = f"[{host}]" if ":" in host else host
    address = f"{parts.scheme}://{shown}{f':{port}' if port else ''}{parts.path.rstrip('/')}"
    return address, unquote(parts.username or ""), unquote(parts.password or "")
