"""Read the settings from the environment and `.env`; `.env.example` documents each variable."""

import os
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import unquote, urlsplit

from indexer.errors import SettingsError

_PREFIX_CHARACTERS = frozenset("abcdefghijklmnopqrstuvwxyz0123456789-_.")
_REPLICAS = re.compile(r"[0-9]{1,2}(?:-(?:[0-9]{1,2}|all))?")
_INTERVAL = re.compile(r"-1|[1-9][0-9]{0,5}(?:ms|s|m)")
_ON, _OFF = ("1", "on", "yes", "true"), ("0", "off", "no", "false")
_MAX_WORKERS = 64
_HEAP = re.compile(r"(?P<size>[1-9][0-9]{0,5})(?P<unit>[mg])", re.IGNORECASE)

DATA_FILES = ("topics.toml", "speakers.toml", "words.txt", "synonyms.txt")
"""What an archive knows besides its transcripts; each may be missing."""

POINTER = "data-folder"
"""The file in an archive's folder that names the folder of its `DATA_FILES`, where they lie elsewhere."""

# Megabytes. Loading 80,000 turns took 16 s of CPU with 128m, 23 with 64m, 30 with 48m; with 32m Elasticsearch stopped.
_MIN_HEAP = 64


@dataclass(frozen=True, slots=True)
class Settings:
    """The settings of a process; `repr` has no credentials.

    `url` "" means the embedded node, `node_port` 0 means 9200 or the next free one, `node_data` `Path()` the platform's
    folder for application data. `replicas` is a number of replicas, or a range that depends on the number of nodes
    (0-1: one as soon as there is a second node); `refresh` "" means Elasticsearch's default interval. `synonyms`
    (synonyms.txt) and `regional` (words of the mainland and of Taiwan for the same thing) enable query expansion.
    `primaries` are folders whose transcripts are preferred to those of the same interviews elsewhere, in this order.
    `workers` is the number of worker processes of an index run, None for the number of cores minus two. `data` is the
    folder of `DATA_FILES`, `Path()` the one of the archive (`archive_data`).
    """

    url: str = ""
    api_key: str = ""
    username: str = ""
    password: str = ""
    ca_certs: str = ""
    ca_fingerprint: str = ""
    index: str = "fangtan"
    kibana_url: str = ""
    kibana_api_key: str = ""
    shards: int = 1
    replicas: str = "0-1"
    refresh: str = ""
    synonyms: bool = True
    regional: bool = False
    primaries: tuple[str, ...] = ()
    workers: int | None = None
    node_port: int = 0
    node_heap: str = "512m"
    node_data: Path = Path()
    data: Path = Path()

    def __repr__(self) -> str:
        """Return the settings without secrets, for logs."""
        return f"Settings(url={self.url!r}, index={self.index!r}, node_port={self.node_port}, data={str(self.data)!r})"

    def data_file(self, name: str) -> Path:
        """Return the path of one of `DATA_FILES`; raise `SettingsError` if their folder is gone."""
        data = self.data if self.data != Path() else archive_data(self.index)
        if not data.is_dir() and data != archive_folder(self.index):
            pointer = archive_folder(self.index) / POINTER
            other = f"run fangtan index FOLDER, or rm {pointer}" if pointer.exists() else "set FANGTAN_DATA to another"
            problem = f"There is no folder {data}, where the topics, speakers and words of {self.index} should lie."
            raise SettingsError(problem, f"Bring it back, or {other}.")
        return data / name


def load() -> Settings:
    """Return the settings of this process; the environment takes precedence over `.env`."""
    return from_variables({**_env_file(), **os.environ})


def from_variables(variables: Mapping[str, str]) -> Settings:
    """Parse `variables`; raise `SettingsError` for an invalid value."""
    get = {key: value if key == "ELASTICSEARCH_PASSWORD" else value.strip() for key, value in variables.items()}.get
    url, username, password = _url(get("ELASTICSEARCH_URL", ""))
    index = _prefix(get("FANGTAN_INDEX", "") or "fangtan")
    settings = Settings(
        url=url,
        api_key=get("ELASTICSEARCH_API_KEY", ""),
        username=get("ELASTICSEARCH_USERNAME", "") or username,
        password=get("ELASTICSEARCH_PASSWORD", "") or password,
        ca_certs=get("ELASTICSEARCH_CA_CERTS", ""),
        ca_fingerprint=_fingerprint(get("ELASTICSEARCH_CA_FINGERPRINT", "")),
        index=index,
        kibana_url=get("KIBANA_URL", ""),
        kibana_api_key=get("KIBANA_API_KEY", ""),
        shards=_shards(get("FANGTAN_SHARDS", "") or "1"),
        replicas=_replicas(get("FANGTAN_REPLICAS", "") or "0-1"),
        refresh=_refresh(get("FANGTAN_REFRESH", "")),
        synonyms=_switch("FANGTAN_SYNONYMS", get("FANGTAN_SYNONYMS", ""), default=True),
        regional=_switch("FANGTAN_REGIONAL", get("FANGTAN_REGIONAL", ""), default=False),
        primaries=tuple(filter(None, (one.strip().strip("/") for one in get("FANGTAN_PRIMARIES", "").split(",")))),
        workers=_workers(get("FANGTAN_WORKERS", "")),
        node_port=_port(get("FANGTAN_NODE_PORT", "")),
        node_heap=_heap(get("FANGTAN_NODE_HEAP", "") or "512m"),
        node_data=Path(get("FANGTAN_NODE_DATA", "")),
        data=Path(get("FANGTAN_DATA", "") or archive_data(index)),
    )
    _check_together(settings)
    return settings


def user_folder() -> Path:
    """Return the platform's folder for fangtan's data, of this user."""
    from platformdirs import user_data_path

    return user_data_path("fangtan", appauthor=False)


def archive_folder(index: str) -> Path:
    """Return the folder of an archive's own."""
    return user_folder() / "archives" / index


def archive_data(index: str) -> Path:
    """Return the folder of an archive's `DATA_FILES`: its own, or the one that its transcripts brought."""
    pointer = archive_folder(index) / POINTER
    try:
        return Path(os.fsdecode(pointer.read_bytes().strip(b"\r\n")))
    except FileNotFoundError:
        return archive_folder(index)
    except OSError as error:
        raise SettingsError(
            f"{pointer} cannot be read: {error.strerror}.", "Make it readable, or delete it."
        ) from error


def sample_data() -> Path:
    """Return the data folder of this checkout, of the sample interviews; an installed fangtan has none."""
    return Path(__file__).resolve().parents[1] / "data"


def env_path() -> Path | None:
    """Return the path of the `.env` to read: in the current folder, or in the nearest parent that has one.

    `FANGTAN_ENV_FILE` sets another path; if it is empty, no file is read.
    """
    path = os.environ.get("FANGTAN_ENV_FILE")
    if path is not None:
        return Path(path) if path else None
    folders = (Path.cwd(), *Path.cwd().parents)
    return next((folder / ".env" for folder in folders if (folder / ".env").is_file()), None)


def _env_file() -> dict[str, str]:
    """Return the variables of `.env`."""
    file = env_path()
    if file is None:
        return {}
    from dotenv import dotenv_values  # 25 ms, only if there is a file

    try:
        # utf-8-sig: editors on Windows write a byte order mark, which would become part of the first name
        with file.open(encoding="utf-8-sig") as stream:
            values = dotenv_values(stream=stream)
    except (OSError, UnicodeDecodeError) as error:
        raise SettingsError(f"{file} cannot be read: {error}", "Make it readable, as UTF-8 text.") from error
    return {key: value for key, value in values.items() if value is not None}


def _url(text: str) -> tuple[str, str, str]:
    """Split an address into the address without credentials, which may be printed, user name and password."""
    if not text:
        return "", "", ""
    try:
        parts = urlsplit(text)
        host, port = parts.hostname, parts.port
    except ValueError:
        host, port, parts = None, None, urlsplit("")
    if parts.scheme not in {"http", "https"} or not host or parts.query or parts.fragment:
        example = "http://localhost:9200 or https://search.example.org:9200"
        # without the value: it may have a password
        raise SettingsError("ELASTICSEARCH_URL is not an address of Elasticsearch.", f"Write it as {example}.")
    name = f"[{host}]" if ":" in host else host
    # default to the standard port of the scheme, as curl does
    address = f"{parts.scheme}://{name}:{port or (443 if parts.scheme == 'https' else 80)}{parts.path.rstrip('/')}"
    return address, unquote(parts.username or ""), unquote(parts.password or "")


def _prefix(text: str) -> str:
    """Check an index prefix: lower case, no leading `-`, `_` or `.`, short enough for a suffix."""
    if text[0] in "-_." or not set(text) <= _PREFIX_CHARACTERS or len(text) > 200:
        raise SettingsError(
            f"FANGTAN_INDEX={text} is not an index name: lower-case letters, digits, - and _, a letter or digit first.",
            "Set FANGTAN_INDEX to a name such as fangtan or fangtan-2024.",
        )
    return text


def _shards(text: str) -> int:
    """Parse a number of shards; 1024 is Elasticsearch's limit for an index."""
    if not text.isascii() or not text.isdigit() or not 0 < int(text) <= 1024:
        raise SettingsError(f"FANGTAN_SHARDS={text} is not a number of shards.", "Set it to a number from 1 to 1024.")
    return int(text)


def _replicas(text: str) -> str:
    """Check a number of replicas, or a range in Elasticsearch's notation: 1, 0-1, 0-all."""
    low, _, high = text.partition("-")
    if not _REPLICAS.fullmatch(text) or (high.isdigit() and int(high) < int(low)):
        raise SettingsError(
            f"FANGTAN_REPLICAS={text} is not a number of replicas.",
            "Set it to a number such as 1, or to a range that depends on the number of nodes: 0-1, 0-all.",
        )
    return text


def _refresh(text: str) -> str:
    """Check a refresh interval; "" means Elasticsearch's default, -1 disables automatic refreshes."""
    if text and not _INTERVAL.fullmatch(text):
        raise SettingsError(f"FANGTAN_REFRESH={text} is not an interval.", "Set it to one such as 1s, 30s or -1.")
    return text


def _switch(name: str, text: str, *, default: bool) -> bool:
    """Parse an on/off variable; return `default` if unset."""
    if text.lower() not in {"", *_ON, *_OFF}:
        raise SettingsError(f"{name}={text} is neither on nor off.", "Set it to 1 or 0.")
    return text.lower() in _ON if text else default


def _workers(text: str) -> int | None:
    """Parse a number of processes; None, if unset, means the number of cores minus two."""
    if not text:
        return None
    if not text.isascii() or not text.isdigit() or int(text) > _MAX_WORKERS:
        raise SettingsError(
            f"FANGTAN_WORKERS={text} is not a number of processes.",
            f"Set it to a number from 0 to {_MAX_WORKERS}, or remove it to use all cores but two.",
        )
    return int(text)


def _port(text: str) -> int:
    """Parse a port; 0, if unset, means 9200 or the next free one."""
    if not text:
        return 0
    if not text.isascii() or not text.isdigit() or not 0 < int(text) < 65536:
        raise SettingsError(
            f"FANGTAN_NODE_PORT={text} is not a port.", "Set it to a number from 1 to 65535, or remove it."
        )
    return int(text)


def _heap(text: str) -> str:
    """Check a heap size in the JVM's notation: digits and m or g."""
    match = _HEAP.fullmatch(text)
    if match is None:
        raise SettingsError(f"FANGTAN_NODE_HEAP={text} is not a heap size.", "Set it to a size such as 512m or 1g.")
    megabytes = int(match["size"]) * (1024 if match["unit"] in "gG" else 1)
    if megabytes < _MIN_HEAP:
        raise SettingsError(
            f"FANGTAN_NODE_HEAP={text} is too small for Elasticsearch.", f"Set it to {_MIN_HEAP}m or more."
        )
    return text.lower()


def _fingerprint(text: str) -> str:
    """Return the digits of a SHA-256 fingerprint; openssl prints it with colons, Elasticsearch without."""
    digits = re.sub(r"[\s:]", "", text).lower()
    if digits and not re.fullmatch("[0-9a-f]{64}", digits):
        raise SettingsError(
            "ELASTICSEARCH_CA_FINGERPRINT is not a SHA-256 fingerprint: 64 hexadecimal digits, with or without colons.",
            "Print it with: openssl x509 -noout -fingerprint -sha256 -in http_ca.crt",
        )
    return digits


def _check_together(settings: Settings) -> None:
    """Raise `SettingsError` for values that contradict each other."""
    if not settings.url:
        return
    if settings.password and not settings.username:
        raise SettingsError(
            "ELASTICSEARCH_PASSWORD is set, but ELASTICSEARCH_USERNAME is not.",
            "Set ELASTICSEARCH_USERNAME, elastic for example.",
        )
    trust = settings.ca_certs or settings.ca_fingerprint
    if trust and settings.url.startswith("http:"):
        raise SettingsError(
            "A CA certificate or fingerprint is set, but ELASTICSEARCH_URL begins with http://, without TLS.",
            "Write the address with https://, or remove ELASTICSEARCH_CA_CERTS and ELASTICSEARCH_CA_FINGERPRINT.",
        )
    if settings.ca_certs and not Path(settings.ca_certs).is_file():
        raise SettingsError(
            f"ELASTICSEARCH_CA_CERTS={settings.ca_certs} is not a file.",
            "Set it to the path of the certificate in PEM format (http_ca.crt).",
        )
