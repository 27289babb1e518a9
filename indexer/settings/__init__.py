"""The settings, from the environment and `.env`; `.env.example` documents each variable.

setting_values  parse the value of each variable
sources         where each comes from; an address and its credentials come from one source
env_location    find `.env`, and refuse one that others may write to
env_reader      read it
languages       the languages of help
folders         where the files of what an archive knows lie
"""

import os
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING

from indexer.errors import SettingsError
from indexer.language.messages import gettext as _
from indexer.language.messages import sentences
from indexer.settings import env_reader, setting_values, sources
from indexer.settings.env_location import env_path
from indexer.settings.folders import DATA_FILES, POINTER, archive_data, archive_folder, sample_data, user_folder
from indexer.settings.sources import Sources

if TYPE_CHECKING:
    from indexer.language.languages import Language

__all__ = [
    "DATA_FILES",
    "POINTER",
    "Settings",
    "Sources",
    "archive_data",
    "archive_folder",
    "env_path",
    "from_variables",
    "load",
    "sample_data",
    "user_folder",
]


@dataclass(frozen=True, slots=True)
class Settings:
    """The settings of a process; `repr` has no credentials.

    `url` "" means the embedded node, `more_urls` are further addresses of the same cluster. `node_port` 0 means 9200 or
    the next free one, `node_data` `Path()` the platform's folder for application data. `replicas` is a number of
    replicas, or a range that depends on the number of nodes (0-1: one as soon as there is a second node); `refresh` ""
    means the default interval. `synonyms` (synonyms.txt) and `regional` (words of the mainland and of
    Taiwan for the same thing) enable query expansion. `primaries` are folders whose transcripts are preferred to those
    of the same interviews elsewhere, in this order. `workers` is the number of worker processes of an index run, None
    for the number of cores minus two. `file_seconds` and `file_memory` (bytes) are the limits within which one
    transcript is read. `data` is the folder of `DATA_FILES`, `Path()` the one of the archive (`archive_data`); `model`
    is that of another embedding model. `language` is that of help, None for the locale's. `sources` says where the
    variables come from.
    """

    url: str = ""
    more_urls: tuple[str, ...] = ()
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
    file_seconds: int = setting_values.FILE_SECONDS
    file_memory: int = setting_values.FILE_MEMORY
    node_port: int = 0
    node_heap: str = "512m"
    node_data: Path = Path()
    data: Path = Path()
    model: Path = Path()
    language: "Language | None" = None
    sources: Sources = field(default_factory=Sources, compare=False)

    def __repr__(self) -> str:
        """Return the settings without secrets, for logs."""
        return f"Settings(url={self.url!r}, index={self.index!r}, node_port={self.node_port}, data={str(self.data)!r})"

    @property
    def urls(self) -> tuple[str, ...]:
        """The addresses of the cluster, none for the embedded node."""
        return (self.url, *self.more_urls) if self.url else ()

    def data_file(self, name: str) -> Path:
        """Return the path of one of `DATA_FILES`; raise `SettingsError` if their folder is gone."""
        data = self.data if self.data != Path() else archive_data(self.index)
        if not data.is_dir() and data != archive_folder(self.index):
            pointer = archive_folder(self.index) / POINTER
            problem = _("There is no folder {folder}, where the topics, speakers and words of {index} should lie.")
            brought = _("Bring it back, or run fangtan index FOLDER, or rm {pointer}.").format(pointer=pointer)
            step = brought if pointer.exists() else _("Bring it back, or set FANGTAN_DATA to another.")
            raise SettingsError(problem.format(folder=data, index=self.index), step)
        return data / name


def load() -> Settings:
    """Return the settings of this process; the environment takes precedence over `.env`.

    Raises `SettingsError` for an invalid value, and for a `.env` that cannot be read or that others may write to.
    """
    file = env_path()
    variables, found = sources.combine(os.environ, env_reader.read(file), file)
    try:
        settings = from_variables(variables)
    except SettingsError as error:
        if file is None or not any(
            name in error.message and place != sources.ENVIRONMENT for name, place in found.of.items()
        ):
            raise
        where = _("It is set in {file}.").format(file=file)
        raise SettingsError(error.message, sentences(error.next_step, where)) from error
    default = from_variables({})
    changed = {name: place for name, place in found.of.items() if from_variables({name: variables[name]}) != default}
    return replace(settings, sources=replace(found, of=changed))


def from_variables(variables: Mapping[str, str]) -> Settings:
    """Parse `variables`; raise `SettingsError` for an invalid value."""
    get = {key: value if key == "ELASTICSEARCH_PASSWORD" else value.strip() for key, value in variables.items()}.get
    urls, username, password = setting_values.urls(get("ELASTICSEARCH_URL", ""))
    index = setting_values.prefix(get("FANGTAN_INDEX", "") or "fangtan")
    settings = Settings(
        url=urls[0] if urls else "",
        more_urls=urls[1:],
        api_key=get("ELASTICSEARCH_API_KEY", ""),
        username=get("ELASTICSEARCH_USERNAME", "") or username,
        password=get("ELASTICSEARCH_PASSWORD", "") or password,
        ca_certs=get("ELASTICSEARCH_CA_CERTS", ""),
        ca_fingerprint=setting_values.fingerprint(get("ELASTICSEARCH_CA_FINGERPRINT", "")),
        index=index,
        kibana_url=get("KIBANA_URL", ""),
        kibana_api_key=get("KIBANA_API_KEY", ""),
        shards=setting_values.shards(get("FANGTAN_SHARDS", "") or "1"),
        replicas=setting_values.replicas(get("FANGTAN_REPLICAS", "") or "0-1"),
        refresh=setting_values.refresh(get("FANGTAN_REFRESH", "")),
        synonyms=setting_values.switch("FANGTAN_SYNONYMS", get("FANGTAN_SYNONYMS", ""), default=True),
        regional=setting_values.switch("FANGTAN_REGIONAL", get("FANGTAN_REGIONAL", ""), default=False),
        primaries=tuple(filter(None, (one.strip().strip("/") for one in get("FANGTAN_PRIMARIES", "").split(",")))),
        workers=setting_values.workers(get("FANGTAN_WORKERS", "")),
        file_seconds=setting_values.file_seconds(get("FANGTAN_FILE_SECONDS", "")),
        file_memory=setting_values.file_memory(get("FANGTAN_FILE_MEMORY", "")),
        node_port=setting_values.port(get("FANGTAN_NODE_PORT", "")),
        node_heap=setting_values.heap(get("FANGTAN_NODE_HEAP", "") or "512m"),
        node_data=Path(get("FANGTAN_NODE_DATA", "")),
        data=Path(get("FANGTAN_DATA", "") or archive_data(index)),
        model=Path(get("FANGTAN_MODEL", "")),
        language=setting_values.language(get("FANGTAN_LANG", "")),
    )
    _check_together(settings)
    return settings


def _check_together(settings: Settings) -> None:
    """Raise `SettingsError` for values that contradict each other."""
    if not settings.url:
        return
    if settings.password and not settings.username:
        raise SettingsError(
            _("ELASTICSEARCH_PASSWORD is set, but ELASTICSEARCH_USERNAME is not."),
            _("Set ELASTICSEARCH_USERNAME, elastic for example."),
        )
    trust = settings.ca_certs or settings.ca_fingerprint
    if trust and settings.url.startswith("http:"):
        raise SettingsError(
            _("A CA certificate or fingerprint is set, but ELASTICSEARCH_URL begins with http://, without TLS."),
            _("Write the address with https://, or remove ELASTICSEARCH_CA_CERTS and ELASTICSEARCH_CA_FINGERPRINT."),
        )
    if settings.ca_certs and not Path(settings.ca_certs).is_file():
        raise SettingsError(
            _("ELASTICSEARCH_CA_CERTS={path} is not a file.").format(path=settings.ca_certs),
            _("Set it to the path of the certificate in PEM format (http_ca.crt)."),
        )
