"""Parse the value of each variable; each function raises `SettingsError` for one that cannot be used."""

import re
from typing import TYPE_CHECKING
from urllib.parse import unquote, urlsplit

from indexer.errors import SettingsError
from indexer.language.messages import gettext as _

if TYPE_CHECKING:
    from indexer.language.languages import Language

_PREFIX_CHARACTERS = frozenset("abcdefghijklmnopqrstuvwxyz0123456789-_.")
_REPLICAS = re.compile(r"[0-9]{1,2}(?:-(?:[0-9]{1,2}|all))?")
_BETWEEN = re.compile(r"[\s,]+(?=https?://)|[\s,]+$", re.IGNORECASE)
"""Between addresses: a password may have a comma."""

_INTERVAL = re.compile(r"-1|[1-9][0-9]{0,5}(?:ms|s|m)")
_ON, _OFF = ("1", "on", "yes", "true"), ("0", "off", "no", "false")
_MAX_WORKERS = 64
_MAX_SECONDS = 86_400
FILE_SECONDS, FILE_MEMORY = 60, 2 * 2**30
"""The defaults of the limits for one file. Of text, 8 MB are read in a second and take 25 times as much memory."""

_MIN_FILE_MEMORY = 128 * 2**20  # what a process takes that has read nothing yet: 40 MB
_HEAP = re.compile(r"(?P<size>[1-9][0-9]{0,5})(?P<unit>[mg])", re.IGNORECASE)

# Megabytes. Loading 80,000 turns took 16 s of CPU with 128m, 23 with 64m, 30 with 48m; with 32m Elasticsearch stopped.
_MIN_HEAP = 64


def urls(text: str) -> tuple[tuple[str, ...], str, str]:
    """Return the addresses of a cluster without credentials, which may be printed, user name and password.

    Several are separated by commas or blanks. They share the scheme, and the credentials: those of any of them.
    """
    split = [_url(one) for one in _BETWEEN.split(text) if one]
    addresses = tuple(dict.fromkeys(address for address, *_login in split))
    if len({address.partition(":")[0] for address in addresses}) > 1:
        raise SettingsError(
            _("The addresses in ELASTICSEARCH_URL begin with http:// and with https://."),
            _("Use one of both for all of them: they are those of one cluster."),
        )
    credentials = {(username, password) for _, username, password in split if username or password}
    if len(credentials) > 1:
        raise SettingsError(
            _("The addresses in ELASTICSEARCH_URL have different users or passwords."),
            _("Set ELASTICSEARCH_USERNAME and ELASTICSEARCH_PASSWORD instead: the addresses are those of one cluster."),
        )
    return addresses, *next(iter(credentials), ("", ""))


def _url(text: str) -> tuple[str, str, str]:
    """Split an address into the address without credentials, user name and password."""
    try:
        parts = urlsplit(text)
        host, port = parts.hostname, parts.port
    except ValueError:
        host, port, parts = None, None, urlsplit("")
    if parts.scheme not in {"http", "https"} or not host or parts.query or parts.fragment:
        step = _(
            "Write it as http://localhost:9200 or https://search.example.org:9200, several with a comma between them."
        )
        # without the value: it may have a password
        raise SettingsError(_("ELASTICSEARCH_URL is not an address of Elasticsearch."), step)
    name = f"[{host}]" if ":" in host else host
    # default to the standard port of the scheme, as curl does
    address = f"{parts.scheme}://{name}:{port or (443 if parts.scheme == 'https' else 80)}{parts.path.rstrip('/')}"
    return address, unquote(parts.username or ""), unquote(parts.password or "")


def prefix(text: str) -> str:
    """Check an index prefix: lower case, no leading `-`, `_` or `.`, short enough for a suffix."""
    if text[0] in "-_." or not set(text) <= _PREFIX_CHARACTERS or len(text) > 200:
        raise SettingsError(
            _(
                "FANGTAN_INDEX={value} is not an index name: lower-case letters, digits, - and _, a letter or digit"
                " first."
            ).format(value=text),
            _("Set FANGTAN_INDEX to a name such as fangtan or fangtan-2024."),
        )
    return text


def shards(text: str) -> int:
    """Parse a number of shards; 1024 is Elasticsearch's limit for an index."""
    if not text.isascii() or not text.isdigit() or not 0 < int(text) <= 1024:
        raise SettingsError(
            _("FANGTAN_SHARDS={value} is not a number of shards.").format(value=text),
            _("Set it to a number from {least} to {most}.").format(least=1, most=1024),
        )
    return int(text)


def replicas(text: str) -> str:
    """Check a number of replicas, or a range in Elasticsearch's notation: 1, 0-1, 0-all."""
    low, _dash, high = text.partition("-")
    if not _REPLICAS.fullmatch(text) or (high.isdigit() and int(high) < int(low)):
        raise SettingsError(
            _("FANGTAN_REPLICAS={value} is not a number of replicas.").format(value=text),
            _("Set it to a number such as 1, or to a range that depends on the number of nodes: 0-1, 0-all."),
        )
    return text


def refresh(text: str) -> str:
    """Check a refresh interval; "" means fangtan's default, -1 disables automatic refreshes."""
    if text and not _INTERVAL.fullmatch(text):
        raise SettingsError(
            _("FANGTAN_REFRESH={value} is not an interval.").format(value=text),
            _("Set it to one such as 1s, 30s or -1."),
        )
    return text


def switch(name: str, text: str, *, default: bool) -> bool:
    """Parse an on/off variable; return `default` if unset."""
    if text.lower() not in {"", *_ON, *_OFF}:
        raise SettingsError(
            _("{name}={value} is neither on nor off.").format(name=name, value=text), _("Set it to 1 or 0.")
        )
    return text.lower() in _ON if text else default


def language(text: str) -> "Language | None":
    """Parse the language of help, by the name of a locale too; None, if unset, means that of the locale."""
    if not text:
        return None
    from indexer.language.languages import language_of  # a module more at every start

    if (found := language_of(text)) is None:
        raise SettingsError(
            _("FANGTAN_LANG={value} is not a language that fangtan speaks.").format(value=text),
            _("Set it to zh-Hans, zh-Hant or en."),
        )
    return found


def workers(text: str) -> int | None:
    """Parse a number of processes; None, if unset, means the number of cores minus two."""
    if not text:
        return None
    if not text.isascii() or not text.isdigit() or int(text) > _MAX_WORKERS:
        raise SettingsError(
            _("FANGTAN_WORKERS={value} is not a number of processes.").format(value=text),
            _("Set it to a number from 0 to {most}, or remove it to use all cores but two.").format(most=_MAX_WORKERS),
        )
    return int(text)


def file_seconds(text: str) -> int:
    """Parse the seconds that reading one transcript may take."""
    if text and (not text.isascii() or not text.isdigit() or not 0 < int(text) <= _MAX_SECONDS):
        raise SettingsError(
            _("FANGTAN_FILE_SECONDS={value} is not a number of seconds.").format(value=text),
            _("Set it to a number from {least} to {most}.").format(least=1, most=_MAX_SECONDS),
        )
    return int(text or FILE_SECONDS)


def file_memory(text: str) -> int:
    """Parse the memory that reading one file may take, in the JVM's notation; return bytes."""
    match = _HEAP.fullmatch(text) if text else None
    size = int(match["size"]) * 2 ** (30 if match["unit"] in "gG" else 20) if match else 0
    if text and size < _MIN_FILE_MEMORY:
        raise SettingsError(
            _("FANGTAN_FILE_MEMORY={value} is not a size of {least}m or more.").format(
                value=text, least=_MIN_FILE_MEMORY // 2**20
            ),
            _("Set it to a size such as 2g or 512m."),
        )
    return size or FILE_MEMORY


def port(text: str) -> int:
    """Parse a port; 0, if unset, means 9200 or the next free one."""
    if not text:
        return 0
    if not text.isascii() or not text.isdigit() or not 0 < int(text) < 65536:
        raise SettingsError(
            _("FANGTAN_NODE_PORT={value} is not a port.").format(value=text),
            _("Set it to a number from 1 to 65535, or remove it."),
        )
    return int(text)


def heap(text: str) -> str:
    """Check a heap size in the JVM's notation: digits and m or g."""
    match = _HEAP.fullmatch(text)
    if match is None:
        raise SettingsError(
            _("FANGTAN_NODE_HEAP={value} is not a heap size.").format(value=text),
            _("Set it to a size such as 512m or 1g."),
        )
    megabytes = int(match["size"]) * (1024 if match["unit"] in "gG" else 1)
    if megabytes < _MIN_HEAP:
        raise SettingsError(
            _("FANGTAN_NODE_HEAP={value} is too small for Elasticsearch.").format(value=text),
            _("Set it to {least}m or more.").format(least=_MIN_HEAP),
        )
    return text.lower()


def fingerprint(text: str) -> str:
    """Return the digits of a SHA-256 fingerprint; openssl prints it with colons, Elasticsearch without."""
    digits = re.sub(r"[\s:]", "", text).lower()
    if digits and not re.fullmatch("[0-9a-f]{64}", digits):
        raise SettingsError(
            _(
                "ELASTICSEARCH_CA_FINGERPRINT is not a SHA-256 fingerprint: 64 hexadecimal digits, with or without"
                " colons."
            ),
            _("Print it with: openssl x509 -noout -fingerprint -sha256 -in http_ca.crt"),
        )
    return digits
