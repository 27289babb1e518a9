"""The one place where the client's errors become fangtan's, each with its next step and none with a secret."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from indexer.errors import (
    CertificateError,
    ElasticError,
    IndexMissingError,
    NodeError,
    UnauthorisedError,
    UnreachableError,
    VersionError,
)
from indexer.settings import Settings

if TYPE_CHECKING:
    from elastic_transport import TransportError
    from elasticsearch import ApiError

# What fangtan's client speaks: elasticsearch-py 9 asks every server for the form of version 9, and 8 refuses that.
_OLDEST = "9.0"


@contextmanager
def translating(settings: Settings) -> Iterator[None]:
    """Raise an error of ours in place of one of the client's."""
    from elastic_transport import TransportError
    from elasticsearch import ApiError

    try:
        yield
    except ApiError as error:
        raise _answered(error, settings) from error
    except TransportError as error:
        raise _unanswered(error, settings) from error


def _answered(error: "ApiError", settings: Settings) -> ElasticError:
    """Return our error for an answer that is one."""
    from elasticsearch import UnsupportedProductError

    where, reason = _where(settings), _reason(error)
    if isinstance(error, UnsupportedProductError):
        return VersionError(
            f"{where} answers, but not as Elasticsearch does: it may be older than 7.14, another product, or a proxy.",
            f"Name an Elasticsearch {_OLDEST} or newer in ELASTICSEARCH_URL.",
        )
    if error.message == "media_type_header_exception":
        return VersionError(
            f"{where} is an Elasticsearch older than {_OLDEST}: {reason}",
            f"Use {_OLDEST} or newer. Without ELASTICSEARCH_URL fangtan starts one of its own.",
        )
    if error.status_code in {401, 403}:
        return _refused(error.status_code, reason, settings)
    if error.message == "index_not_found_exception":
        return IndexMissingError(
            f"There is no index {_index(error)} at {where}.",
            "fangtan index PATH puts transcripts there; FANGTAN_INDEX names another archive.",
        )
    if error.status_code == 429:
        return ElasticError(
            f"{where} has more to do than it can: {reason}",
            "Try again in a moment"
            + ("." if settings.url else "; if it stays so, give the node more memory: FANGTAN_NODE_HEAP=1g."),
        )
    if "maxClauseCount" in reason:  # how many it takes follows from its memory: some 2,000 characters with 512m
        return ElasticError(
            f"{where} does not take so many words in one question.",
            "Ask with less text. fangtan quote checks a passage, fangtan similar finds turns like one.",
        )
    return ElasticError(f"{where} answers with status {error.status_code}: {reason}", _logs(settings))


def _refused(status: int, reason: str, settings: Settings) -> UnauthorisedError:
    """Return the error for credentials that are not taken (401), or do not allow what was asked (403)."""
    where = _where(settings)
    if status == 403:
        return UnauthorisedError(
            f"{where} does not allow this: {reason}",
            f"Give the user or API key the privileges `read`, `write` and `manage` on {settings.index}-*.",
        )
    if settings.api_key:
        return UnauthorisedError(f"{where} does not take the API key.", "Check ELASTICSEARCH_API_KEY.")
    if settings.username:
        return UnauthorisedError(
            f"{where} does not take the password of {settings.username}.",
            "Check ELASTICSEARCH_USERNAME and ELASTICSEARCH_PASSWORD.",
        )
    return UnauthorisedError(
        f"{where} asks who you are.",
        "Set ELASTICSEARCH_API_KEY, or ELASTICSEARCH_USERNAME and ELASTICSEARCH_PASSWORD.",
    )


def _unanswered(error: "TransportError", settings: Settings) -> ElasticError:
    """Return our error for a request without an answer."""
    from elastic_transport import ConnectionError, ConnectionTimeout, SerializationError, TlsError

    where = _where(settings)
    if isinstance(error, TlsError):
        return _untrusted(str(error.message), settings)
    if isinstance(error, ConnectionTimeout):
        return UnreachableError(f"{where} did not answer in time.", _logs(settings))
    if isinstance(error, SerializationError):
        return ElasticError(f"{where} answers with something that is not JSON.", "Check ELASTICSEARCH_URL.")
    if not isinstance(error, ConnectionError):
        return ElasticError(f"{where}: {error.message}", _logs(settings))
    if not settings.url:
        return _node_gone(settings)
    if settings.url.startswith("http:") and "RemoteDisconnected" in str(error.message):
        return UnreachableError(
            f"{where} ends the connection without an answer, as a server does that wants TLS.",
            "Write ELASTICSEARCH_URL with https://, and set ELASTICSEARCH_CA_CERTS or ELASTICSEARCH_CA_FINGERPRINT.",
        )
    return UnreachableError(
        f"Nothing answers at {where}.",
        "Check ELASTICSEARCH_URL and that Elasticsearch runs; without that variable fangtan starts one of its own.",
    )


def _untrusted(said: str, settings: Settings) -> CertificateError:
    """Return the error for a TLS connection that did not come about; `said` is OpenSSL's or urllib3's sentence."""
    where = _where(settings)
    if "WRONG_VERSION_NUMBER" in said or "record layer failure" in said:
        return CertificateError(f"{where} does not speak TLS.", "Write ELASTICSEARCH_URL with http://.")
    if "[X509" in said:
        return CertificateError(
            f"ELASTICSEARCH_CA_CERTS={settings.ca_certs} holds no certificate that can be read.",
            "Set it to the certificate in PEM format: it begins with -----BEGIN CERTIFICATE-----.",
        )
    if "Fingerprints did not match" in said:
        return CertificateError(
            f"The certificate of {where} is not the one of ELASTICSEARCH_CA_FINGERPRINT.",
            "Print its own: openssl x509 -noout -fingerprint -sha256 -in http_ca.crt",
        )
    if "Hostname mismatch" in said or "IP address mismatch" in said or "doesn't match" in said:
        return CertificateError(
            f"The certificate of {where} was made for another name.",
            "Use the host name that the certificate has, or set ELASTICSEARCH_CA_FINGERPRINT.",
        )
    if "certificate has expired" in said:
        return CertificateError(f"The certificate of {where} has expired.", "Renew it on the server.")
    return CertificateError(
        f"The certificate of {where} is not trusted: {said}",
        "Set ELASTICSEARCH_CA_CERTS to the server's http_ca.crt, or ELASTICSEARCH_CA_FINGERPRINT to its fingerprint.",
    )


def _node_gone(settings: Settings) -> NodeError:
    """Return why the embedded node does not answer any more."""
    from indexer.elastic.node import manager

    return manager.ended(settings)


def _where(settings: Settings) -> str:
    """Name the server asked: by its address, which holds no credentials (`settings`)."""
    return settings.url or "fangtan's own Elasticsearch"


def _logs(settings: Settings) -> str:
    """Return where to look when Elasticsearch itself has to say more."""
    return "Look into Elasticsearch's log." if settings.url else "`fangtan node logs` shows what it says."


def _reason(error: "ApiError") -> str:
    """Return Elasticsearch's own sentence, the innermost cause's where there is one, on the first shard that failed."""
    found = error.body.get("error") if isinstance(error.body, dict) else None
    if not isinstance(found, dict):
        return str(found or error.message)
    while isinstance(inner := found.get("caused_by") or _of_a_shard(found), dict):
        found = inner
    return str(found.get("reason") or error.message)


def _of_a_shard(found: dict[str, Any]) -> object:
    """Return why the first of the shards failed that an error is of, if it is of shards."""
    shards = found.get("failed_shards")
    return shards[0].get("reason") if isinstance(shards, list) and shards and isinstance(shards[0], dict) else None


def _index(error: "ApiError") -> str:
    """Return the name of the index that is missing."""
    found = error.body.get("error") if isinstance(error.body, dict) else None
    return str(found.get("index", "of that name")) if isinstance(found, dict) else "of that name"
