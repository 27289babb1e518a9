"""The environment and `.env` as one frozen record; `.env.example` documents each variable."""

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from indexer.errors import SettingsError

_PREFIX_CHARACTERS = frozenset("abcdefghijklmnopqrstuvwxyz0123456789-_.")


@dataclass(frozen=True, slots=True)
class Settings:
    """What the environment says; `repr` names no credentials.

    `url` "" means the embedded node, `node_port` 0 means 9200 or the next free one, `node_data` `Path()` the folder the
    platform keeps for an application's data.
    """

    url: str = ""
    api_key: str = ""
    username: str = ""
    password: str = ""
    ca_certs: str = ""
    ca_fingerprint: str = ""
    index: str = "fangtan"
    kibana_url: str = ""
    node_port: int = 0
    node_heap: str = "512m"
    node_data: Path = Path()
    data: Path = Path()

    def __repr__(self) -> str:
        """Name the settings without their secrets, so that they can be logged."""
        return f"Settings(url={self.url!r}, index={self.index!r}, node_port={self.node_port}, data={str(self.data)!r})"


def load() -> Settings:
    """Return the settings of this process: the environment first, then `.env` of this folder or one above it."""
    from dotenv import dotenv_values, find_dotenv

    file = {key: value for key, value in dotenv_values(find_dotenv(usecwd=True)).items() if value is not None}
    return from_variables({**file, **os.environ})


def from_variables(variables: Mapping[str, str]) -> Settings:
    """Return the settings that `variables` hold; raise `SettingsError` naming the one that cannot be used."""
    get = variables.get
    return Settings(
        url=get("ELASTICSEARCH_URL", "").strip(),
        api_key=get("ELASTICSEARCH_API_KEY", ""),
        username=get("ELASTICSEARCH_USERNAME", ""),
        password=get("ELASTICSEARCH_PASSWORD", ""),
        ca_certs=get("ELASTICSEARCH_CA_CERTS", ""),
        ca_fingerprint=get("ELASTICSEARCH_CA_FINGERPRINT", ""),
        index=_prefix(get("FANGTAN_INDEX", "") or "fangtan"),
        kibana_url=get("KIBANA_URL", ""),
        node_port=_port(get("FANGTAN_NODE_PORT", "")),
        node_heap=_heap(get("FANGTAN_NODE_HEAP", "") or "512m"),
        node_data=Path(get("FANGTAN_NODE_DATA", "")),
        data=Path(get("FANGTAN_DATA", "") or default_data()),
    )


def default_data() -> Path:
    """Return the folder of topics.toml, speakers.toml and words.txt: the checkout's `data`, or the package's copy."""
    here = Path(__file__).resolve().parent
    beside = here.parent / "data"
    return beside if (beside / "topics.toml").exists() else here / "data"


def _prefix(text: str) -> str:
    """Return an index prefix Elasticsearch accepts: lower case, no leading `-`, `_`, `.`."""
    if text[0] in "-_." or not set(text) <= _PREFIX_CHARACTERS:
        raise SettingsError(
            f"FANGTAN_INDEX={text} is no index name: small letters, digits, - and _ only, a letter or digit first.",
            "Set FANGTAN_INDEX to a name such as fangtan or fangtan-2024.",
        )
    return text


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
    size = text.lower()
    if not (size[:-1].isascii() and size[:-1].isdigit() and size[-1:] in {"m", "g"}):
        raise SettingsError(f"FANGTAN_NODE_HEAP={text} is no heap size.", "Set it to a size such as 512m or 1g.")
    return size
