"""The environment and `.env` as one frozen record; `.env.example` documents each variable."""

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
_MOST_WORKERS = 64
_HEAP = re.compile(r"(?P<size>[1-9][0-9]{0,5})(?P<unit>[mg])", re.IGNORECASE)

# Megabytes. Loading 80,000 turns took 16 s of CPU in 128m, 23 in 64m, 30 in 48m; in 32m Elasticsearch 9.5 ended.
_SMALLEST_HEAP = 64


@dataclass(frozen=True, slots=True)
class Settings:
    """What the environment says; `repr` names no credentials.

    `url` "" means the embedded node, `node_port` 0 means 9200 or the next free one, `node_data` `Path()` the folder the
    platform keeps for an application's data. `replicas` is a number of copies, or a range that follows the number of
    nodes (0-1: one as soon as there is a second node); `refresh` "" leaves the interval to Elasticsearch. `synonyms`
    (synonyms.txt) and `regional` (what the mainland and Taiwan call the same thing) say which words are searched too.
    `workers` are processes that index runs use besides, None for two fewer than there are cores.
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
    workers: int | None = None
    node_port: int = 0
    node_heap: str = "512m"
    node_data: Path = Path()
    data: Path = Path()

    def __repr__(self) -> str:
        """Name the settings without their secrets, so that they can be logged."""
        return f"Settings(url={self.url!r}, index={self.index!r}, node_port={self.node_port}, data={str(self.data)!r})"


def load() -> Settings:
    """Return the settings of this process: the environment first, then `.env` of this folder or one above it."""
    return from_variables({**_env_file(), **os.environ})


def from_variables(variables: Mapping[str, str]) -> Settings:
    """Return the settings that `variables` hold; raise `SettingsError` naming the one that cannot be used."""
    get = {key: value if key == "ELASTICSEARCH_PASSWORD" else value.strip() for key, value in variables.items()}.get
    url, username, password = _url(get("ELASTICSEARCH_URL", ""))
    settings = Settings(
        url=url,
        api_key=get("ELASTICSEARCH_API_KEY", ""),
        username=get("ELASTICSEARCH_USERNAME", "") or username,
        password=get("ELASTICSEARCH_PASSWORD", "") or password,
        ca_certs=get("ELASTICSEARCH_CA_CERTS", ""),
        ca_fingerprint=_fingerprint(get("ELASTICSEARCH_CA_FINGERPRINT", "")),
        index=_prefix(get("FANGTAN_INDEX", "") or "fangtan"),
        kibana_url=get("KIBANA_URL", ""),
        kibana_api_key=get("KIBANA_API_KEY", ""),
        shards=_shards(get("FANGTAN_SHARDS", "") or "1"),
        replicas=_replicas(get("FANGTAN_REPLICAS", "") or "0-1"),
        refresh=_refresh(get("FANGTAN_REFRESH", "")),
        synonyms=_switch("FANGTAN_SYNONYMS", get("FANGTAN_SYNONYMS", ""), otherwise=True),
        regional=_switch("FANGTAN_REGIONAL", get("FANGTAN_REGIONAL", ""), otherwise=False),
        workers=_workers(get("FANGTAN_WORKERS", "")),
        node_port=_port(get("FANGTAN_NODE_PORT", "")),
        node_heap=_heap(get("FANGTAN_NODE_HEAP", "") or "512m"),
        node_data=Path(get("FANGTAN_NODE_DATA", "")),
        data=Path(get("FANGTAN_DATA", "") or default_data()),
    )
    _check_together(settings)
    return settings


def default_data() -> Path:
    """Return the folder of topics.toml, speakers.toml and words.txt: the checkout's `data`, or the package's copy."""
    here = Path(__file__).resolve().parent
    beside = here.parent / "data"
    return beside if (beside / "topics.toml").exists() else here / "data"


def env_path() -> Path | None:
    """Return the `.env` that is read: that of this folder, or of the nearest one above it that has one.

    `FANGTAN_ENV_FILE` names another file, or none where it is empty.
    """
    named = os.environ.get("FANGTAN_ENV_FILE")
    if named is not None:
        return Path(named) if named else None
    return next((folder / ".env" for folder in _folders() if (folder / ".env").is_file()), None)


def _env_file() -> dict[str, str]:
    """Return the variables of the `.env` that is read."""
    file = env_path()
    if file is None:
        return {}
    from dotenv import dotenv_values  # 25 ms, spared where there is no such file

    try:
        # utf-8-sig: editors on Windows put a mark first, which would become part of the first name
        with file.open(encoding="utf-8-sig") as stream:
            values = dotenv_values(stream=stream)
    except (OSError, UnicodeDecodeError) as error:
        raise SettingsError(f"{file} cannot be read: {error}", "Save it as UTF-8 text, readable by you.") from error
    return {key: value for key, value in values.items() if value is not None}


def _folders() -> tuple[Path, ...]:
    """Return this folder and those above it."""
    here = Path.cwd()
    return (here, *here.parents)


def _url(text: str) -> tuple[str, str, str]:
    """Return the address without credentials, then the user and password it holds: what is printed has none."""
    if not text:
        return "", "", ""
    try:
        parts = urlsplit(text)
        host, port = parts.hostname, parts.port
    except ValueError:
        host, port, parts = None, None, urlsplit("")
    if parts.scheme not in {"http", "https"} or not host or parts.query or parts.fragment:
        raise SettingsError(  # not what was set: it may hold a password
            "ELASTICSEARCH_URL is no address of Elasticsearch.",
            "Write it as http://localhost:9200 or https://search.example.org:9200.",
        )
    shown = f"[{host}]" if ":" in host else host
    # the standard port where none is given, as curl takes it
    address = f"{parts.scheme}://{shown}:{port or (443 if parts.scheme == 'https' else 80)}{parts.path.rstrip('/')}"
    return address, unquote(parts.username or ""), unquote(parts.password or "")


def _prefix(text: str) -> str:
    """Return an index prefix Elasticsearch accepts: lower case, no leading `-`, `_`, `.`, room for what follows."""
    if text[0] in "-_." or not set(text) <= _PREFIX_CHARACTERS or len(text) > 200:
        raise SettingsError(
            f"FANGTAN_INDEX={text} is no index name: small letters, digits, - and _ only, a letter or digit first.",
            "Set FANGTAN_INDEX to a name such as fangtan or fangtan-2024.",
        )
    return text


def _shards(text: str) -> int:
    """Return a number of shards; 1024 is Elasticsearch's own limit for an index."""
    if not text.isascii() or not text.isdigit() or not 0 < int(text) <= 1024:
        raise SettingsError(f"FANGTAN_SHARDS={text} is no number of shards.", "Set it to a number from 1 to 1024.")
    return int(text)


def _replicas(text: str) -> str:
    """Return a number of copies, or a range of them as Elasticsearch writes it: 1, 0-1, 0-all."""
    low, _, high = text.partition("-")
    if not _REPLICAS.fullmatch(text) or (high.isdigit() and int(high) < int(low)):
        raise SettingsError(
            f"FANGTAN_REPLICAS={text} is no number of copies.",
            "Set it to a number such as 1, or to a range that follows the number of nodes: 0-1, 0-all.",
        )
    return text


def _refresh(text: str) -> str:
    """Return how often what was indexed becomes searchable; "" leaves it to Elasticsearch, -1 is never by itself."""
    if text and not _INTERVAL.fullmatch(text):
        raise SettingsError(f"FANGTAN_REFRESH={text} is no interval.", "Set it to one such as 1s, 30s or -1.")
    return text


def _switch(name: str, text: str, *, otherwise: bool) -> bool:
    """Return whether something is on; `otherwise` where nothing is said."""
    if text.lower() not in {"", *_ON, *_OFF}:
        raise SettingsError(f"{name}={text} is neither on nor off.", "Set it to 1 or 0.")
    return text.lower() in _ON if text else otherwise


def _workers(text: str) -> int | None:
    """Return a number of processes, None for two fewer than there are cores."""
    if not text:
        return None
    if not text.isascii() or not text.isdigit() or int(text) > _MOST_WORKERS:
        raise SettingsError(
            f"FANGTAN_WORKERS={text} is no number of processes.",
            f"Set it to a number from 0 to {_MOST_WORKERS}, or remove it: two fewer than there are cores.",
        )
    return int(text)


def _port(text: str) -> int:
    """Return a port, 0 for "9200 or the next free one"."""
    if not text:
        return 0
    if not text.isascii() or not text.isdigit() or not 0 < int(text) < 65536:
        raise SettingsError(
            f"FANGTAN_NODE_PORT={text} is no port.", "Set it to a number from 1 to 65535, or remove it."
        )
    return int(text)


def _heap(text: str) -> str:
    """Return a heap size as the JVM takes it: digits and m or g."""
    found = _HEAP.fullmatch(text)
    if found is None:
        raise SettingsError(f"FANGTAN_NODE_HEAP={text} is no heap size.", "Set it to a size such as 512m or 1g.")
    megabytes = int(found["size"]) * (1024 if found["unit"] in "gG" else 1)
    if megabytes < _SMALLEST_HEAP:
        raise SettingsError(
            f"FANGTAN_NODE_HEAP={text} is too little for Elasticsearch.", f"Set it to {_SMALLEST_HEAP}m or more."
        )
    return text.lower()


def _fingerprint(text: str) -> str:
    """Return a SHA-256 fingerprint as digits alone; openssl prints it with colons, Elasticsearch without."""
    digits = re.sub(r"[\s:]", "", text).lower()
    if digits and not re.fullmatch("[0-9a-f]{64}", digits):
        raise SettingsError(
            "ELASTICSEARCH_CA_FINGERPRINT is no SHA-256 fingerprint: 64 hexadecimal digits, with or without colons.",
            "Print it with: openssl x509 -noout -fingerprint -sha256 -in http_ca.crt",
        )
    return digits


def _check_together(settings: Settings) -> None:
    """Raise `SettingsError` for values that are right alone and wrong together."""
    if not settings.url:
        return
    if settings.password and not settings.username:
        raise SettingsError(
            "ELASTICSEARCH_PASSWORD is set, and ELASTICSEARCH_USERNAME is not.",
            "Set ELASTICSEARCH_USERNAME, elastic for example.",
        )
    trust = settings.ca_certs or settings.ca_fingerprint
    if trust and settings.url.startswith("http:"):
        raise SettingsError(
            "A CA certificate or fingerprint is set, and ELASTICSEARCH_URL begins with http://, where there is none.",
            "Write the address with https://, or remove ELASTICSEARCH_CA_CERTS and ELASTICSEARCH_CA_FINGERPRINT.",
        )
    if settings.ca_certs and not Path(settings.ca_certs).is_file():
        raise SettingsError(
            f"ELASTICSEARCH_CA_CERTS={settings.ca_certs} is no file.",
            "Set it to the path of the certificate in PEM format (http_ca.crt).",
        )
