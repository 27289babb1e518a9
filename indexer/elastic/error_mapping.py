"""Map the client's exceptions to fangtan's errors, with a next step and without secrets."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from typing import TYPE_CHECKING, Any, NoReturn

from indexer.errors import (
    CertificateError,
    ElasticError,
    FangtanError,
    FullDiskError,
    IncompleteAnswerError,
    IndexMissingError,
    NodeError,
    UnauthorisedError,
    UnreachableError,
    VersionError,
)
from indexer.language.messages import gettext as _
from indexer.settings import Settings

if TYPE_CHECKING:
    from elastic_transport import ApiResponseMeta, TransportError
    from elasticsearch import ApiError

# elasticsearch-py 9 requests the media type of version 9 from every server, which version 8 refuses.
_OLDEST = "9.0"

# what the client makes of a server that closes, or answers in TLS
_TLS_EXPECTED = ("RemoteDisconnected", "BadStatusLine", "ConnectionResetError")

_CUT_SHORT = ("IncompleteRead", "InvalidChunkLength")

_FULL_DISK = ("flood-stage watermark", "No space left on device", "Disk quota exceeded", "File too large")

# with status 503: not every shard has a node that answers
_INCOMPLETE = frozenset(
    {"search_phase_execution_exception", "no_shard_available_action_exception", "unavailable_shards_exception"}
)


@contextmanager
def map_errors(settings: Settings) -> Iterator[None]:
    """Replace exceptions of the client by fangtan's errors."""
    try:
        yield
    except FangtanError:
        raise
    except Exception as error:
        from elastic_transport import TransportError  # not before: a search that succeeds does without
        from elasticsearch import ApiError

        if isinstance(error, ApiError):
            raise _api_error(error, settings) from error
        if isinstance(error, TransportError):
            raise _transport_error(error, settings) from error
        raise


def refuse(response: Mapping[str, Any], meta: "ApiResponseMeta") -> NoReturn:
    """Raise the client's error for one response of several, as if it were the only one."""
    from elasticsearch import ApiError

    raise ApiError(response["error"]["type"], replace(meta, status=response["status"]), response)


def _api_error(error: "ApiError", settings: Settings) -> ElasticError:
    """Return the error for an error response."""
    from elasticsearch import UnsupportedProductError

    server, reason = _answering(error, settings), _reason(error)
    if isinstance(error, UnsupportedProductError):
        return VersionError(
            _(
                "{server} answers, but not as Elasticsearch does: it may be older than 7.14, another product, or a"
                " proxy."
            ).format(server=server),
            _("Set ELASTICSEARCH_URL to an Elasticsearch {oldest} or newer.").format(oldest=_OLDEST),
        )
    if error.message == "media_type_header_exception":
        return VersionError(
            _("{server} is an Elasticsearch older than {oldest}: {reason}").format(
                server=server, oldest=_OLDEST, reason=reason
            ),
            _("Use {oldest} or newer. Without ELASTICSEARCH_URL fangtan starts its own.").format(oldest=_OLDEST),
        )
    if error.status_code in {401, 403}:
        return _authorisation_error(error.status_code, server, reason, settings)
    if error.message == "index_not_found_exception":
        return IndexMissingError(
            _no_index(error, server),
            _("fangtan index PATH creates it; FANGTAN_INDEX selects another archive."),
        )
    if any(sign in reason for sign in _FULL_DISK):
        return FullDiskError(reason.rstrip("."))
    if not isinstance(error.body, dict) or not error.body:  # a page, a line of text, nothing
        return ElasticError(
            _(
                "{server} answers with status {status}, and not in the form of Elasticsearch: a proxy before it that"
                " does not reach it, or another program."
            ).format(server=server, status=error.status_code),
            _("Check ELASTICSEARCH_URL, and whether Elasticsearch runs behind it."),
        )
    if error.status_code == 503 and error.message in _INCOMPLETE:
        silent = _("shards did not answer ({reason})").format(reason=reason)
        return IncompleteAnswerError(silent if reason != error.message else _("lost shards"))
    if error.status_code == 429:
        more = _("Try again in a moment; if this persists, give the node more memory: FANGTAN_NODE_HEAP=1g.")
        return ElasticError(
            _("{server} is overloaded: {reason}").format(server=server, reason=reason),
            _("Try again in a moment.") if settings.url else more,
        )
    if "maxClauseCount" in reason:  # the limit depends on its memory: some 2,000 characters with 512m
        return ElasticError(
            _("{server} does not accept so many words in one query.").format(server=server),
            _("Shorten the query. fangtan quote checks a passage, fangtan similar finds turns like one."),
        )
    answer = _("{server} answers with status {status}: {reason}")
    return ElasticError(answer.format(server=server, status=error.status_code, reason=reason), _logs(settings))


def _authorisation_error(status: int, server: str, reason: str, settings: Settings) -> UnauthorisedError:
    """Return the error for rejected credentials (401) or missing privileges (403)."""
    if status == 403:
        return UnauthorisedError(
            _("{server} does not allow this: {reason}").format(server=server, reason=reason),
            _("Give the user or API key the privileges `read`, `write` and `manage` on {index}-*.").format(
                index=settings.index
            ),
        )
    if settings.api_key:
        return UnauthorisedError(
            _("{server} rejects the API key.").format(server=server), _("Check ELASTICSEARCH_API_KEY.")
        )
    if settings.username:
        return UnauthorisedError(
            _("{server} rejects the password of {user}.").format(server=server, user=settings.username),
            _("Check ELASTICSEARCH_USERNAME and ELASTICSEARCH_PASSWORD."),
        )
    if settings.sources.unused:
        unused, file = _(" and ").join(settings.sources.unused), settings.sources.file
        return UnauthorisedError(
            _("{server} requires credentials; {variables} in {file} are for the address there.").format(
                server=server, variables=unused, file=file
            ),
            _("Set those of this address in the environment too, or unset ELASTICSEARCH_URL."),
        )
    return UnauthorisedError(
        _("{server} requires credentials.").format(server=server),
        _("Set ELASTICSEARCH_API_KEY, or ELASTICSEARCH_USERNAME and ELASTICSEARCH_PASSWORD."),
    )


def _transport_error(error: "TransportError", settings: Settings) -> ElasticError:
    """Return the error for a request without a response."""
    from elastic_transport import ConnectionError, ConnectionTimeout, SerializationError, TlsError

    server = _server(settings)
    if isinstance(error, TlsError):
        return _tls_error(str(error.message), settings)
    if isinstance(error, ConnectionTimeout):
        return UnreachableError(_("{server} did not answer in time.").format(server=server), _logs(settings))
    if isinstance(error, SerializationError):
        return ElasticError(
            _("{server} answers with something that is not JSON.").format(server=server), _("Check ELASTICSEARCH_URL.")
        )
    if not isinstance(error, ConnectionError):
        told = _("{server}: {reason}").format(server=server, reason=error.message)
        return ElasticError(told, _logs(settings))
    if not settings.url:
        return _node_error(settings)
    if settings.url.startswith("http:") and any(sign in str(error.message) for sign in _TLS_EXPECTED):
        return UnreachableError(
            _("{server} closes the connection without an answer, as a server that requires TLS does.").format(
                server=server
            ),
            _("Write ELASTICSEARCH_URL with https://, and set ELASTICSEARCH_CA_CERTS or ELASTICSEARCH_CA_FINGERPRINT."),
        )
    if any(sign in str(error.message) for sign in _CUT_SHORT):
        return UnreachableError(
            _("{server} broke off in the middle of an answer.").format(server=server), _("Try again in a moment.")
        )
    return UnreachableError(
        _("Nothing answers at {server}.").format(server=server),
        _("Check ELASTICSEARCH_URL and that Elasticsearch runs; without that variable fangtan starts its own."),
    )


def _tls_error(reason: str, settings: Settings) -> CertificateError:
    """Return the error for a failed TLS handshake; `reason` is the message of OpenSSL or urllib3."""
    server = _server(settings)
    if "WRONG_VERSION_NUMBER" in reason or "record layer failure" in reason:
        return CertificateError(
            _("{server} does not speak TLS.").format(server=server), _("Write ELASTICSEARCH_URL with http://.")
        )
    if "[X509" in reason:
        return CertificateError(
            _("ELASTICSEARCH_CA_CERTS={path} has no readable certificate.").format(path=settings.ca_certs),
            _("Set it to the certificate in PEM format: it begins with -----BEGIN CERTIFICATE-----."),
        )
    if "Fingerprints did not match" in reason:
        return CertificateError(
            _("The certificate of {server} does not match ELASTICSEARCH_CA_FINGERPRINT.").format(server=server),
            _("Print its fingerprint: openssl x509 -noout -fingerprint -sha256 -in http_ca.crt"),
        )
    if "Hostname mismatch" in reason or "IP address mismatch" in reason or "doesn't match" in reason:
        return CertificateError(
            _("The certificate of {server} was issued for another name.").format(server=server),
            _("Use the host name in the certificate, or set ELASTICSEARCH_CA_FINGERPRINT."),
        )
    if "certificate has expired" in reason:
        return CertificateError(
            _("The certificate of {server} has expired.").format(server=server), _("Renew it on the server.")
        )
    return CertificateError(
        _("The certificate of {server} is not trusted: {reason}").format(server=server, reason=reason),
        _(
            "Set ELASTICSEARCH_CA_CERTS to the server's http_ca.crt, or ELASTICSEARCH_CA_FINGERPRINT to its"
            " fingerprint."
        ),
    )


def _node_error(settings: Settings) -> NodeError:
    """Return why the embedded node does not answer any more."""
    from indexer.elastic.node import manager

    return manager.failure(settings)


def _server(settings: Settings) -> str:
    """Return the name of the server in messages: its addresses, which have no credentials (`settings`)."""
    return _(" or ").join(settings.urls) or _("fangtan's own Elasticsearch")


def _answering(error: "ApiError", settings: Settings) -> str:
    """Return the name of the server that sent an error response: of several addresses, that one."""
    if not settings.more_urls:
        return _server(settings)
    node = error.meta.node
    address = f"{node.scheme}://{f'[{node.host}]' if ':' in node.host else node.host}:{node.port}{node.path_prefix}"
    return address if address in settings.urls else _server(settings)


def _logs(settings: Settings) -> str:
    """Return the next step for errors that only Elasticsearch's log explains."""
    return _("See Elasticsearch's log.") if settings.url else _("`fangtan node logs` shows its log.")


def _reason(error: "ApiError") -> str:
    """Return Elasticsearch's reason: that of the innermost cause, if any, on the first failed shard."""
    body = error.body.get("error") if isinstance(error.body, dict) else None
    if not isinstance(body, dict):
        return str(body or error.message)
    while isinstance(inner := body.get("caused_by") or _shard_failure(body), dict):
        body = inner
    return str(body.get("reason") or error.message)


def _shard_failure(body: dict[str, Any]) -> object:
    """Return the cause on the first failed shard, if the error is that of shards."""
    shards = body.get("failed_shards")
    return shards[0].get("reason") if isinstance(shards, list) and shards and isinstance(shards[0], dict) else None


def _no_index(error: "ApiError", server: str) -> str:
    """Say which index a server has not."""
    body = error.body.get("error") if isinstance(error.body, dict) else None
    if not isinstance(body, dict) or "index" not in body:
        return _("There is no index of that name at {server}.").format(server=server)
    return _("There is no index {index} at {server}.").format(index=body["index"], server=server)
