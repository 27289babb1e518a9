"""Whether a search is also by meaning, and the vector of what it says.

Meaning stays silent where words are sure of themselves: in a query of quotes, fields, prefixes or alternatives alone;
where words typed as such are all in one turn; where they only name speakers; in any order but the best first; and where
`--match` says what a turn must hold.
"""

from dataclasses import dataclass
from functools import lru_cache
from importlib.util import find_spec
from typing import TYPE_CHECKING

from indexer.errors import ModelError, SettingsError, UsageError
from indexer.language.messages import gettext as _
from indexer.settings import Settings
from search_cli.client import ArchiveClient
from search_cli.query.nearest import could_speak, meant
from search_cli.query.request import By, SearchRequest, Sort
from search_cli.query.terms import QueryTerms
from search_cli.search.prepared_search import PreparedSearch

if TYPE_CHECKING:
    from indexer.embeddings.encoder import Encoder
    from indexer.store.mapping import VectorInfo

_EMBED = "fangtan embed"


@dataclass(frozen=True, slots=True)
class QueryVector:
    """The vector of a query, the `field` of the turns that it can be compared with, and the `model` that made both."""

    field: str
    numbers: tuple[float, ...]
    model: str = ""


@dataclass(frozen=True, slots=True)
class Meaning:
    """What makes vectors of queries that can be compared with those of the archive."""

    vectors: "VectorInfo"
    encoder: "Encoder"

    def vector(self, text: str) -> QueryVector:
        """Return the vector of a text."""
        numbers = tuple(round(float(number), 5) for number in self.encoder.query(text))
        return QueryVector(self.vectors.field, numbers, self.vectors.model)


def query_vector(client: ArchiveClient, prepared: PreparedSearch) -> QueryVector | None:
    """Return the vector of a search, None if it is by words alone.

    Raise `UsageError` if meaning was asked for, and the archive has no vectors or the query nothing to compare.
    """
    request = prepared.request
    if request.by is By.MEANING:
        _check(request)
    elif not could_speak(request) or is_sure(prepared):
        return None
    found = find_meaning(client, request.by)
    return None if found is None else found.vector(meant(request))


def find_meaning(client: ArchiveClient, by: By | None) -> Meaning | None:
    """Return what makes vectors of queries; where there is none, None, or an error if `by` asked for meaning."""
    if by is None and not _is_installed(client.settings):  # first: where nothing is installed, nothing is asked
        return None
    info = client.vectors()
    if info is None or not info.complete:
        if by is None:
            return None
        raise UsageError(_("The archive has no vectors, which search by meaning compares."), _EMBED)
    try:
        return Meaning(info, _fitting(client.settings, info))
    except (ModelError, SettingsError):
        if by is None:  # fangtan status and fangtan embed say what is wrong
            return None
        raise


def stored_vector(client: ArchiveClient, address: str) -> QueryVector | None:
    """Return the vector that the archive has of a turn, None if it has none; no model is needed."""
    info = client.vectors()
    if info is None or not info.complete:
        return None
    body = {"query": {"ids": {"values": [address]}}, "fields": [info.field], "_source": False}
    found = (hit.get("fields", {}) for hit in client.search(client.names.turns, body)["hits"]["hits"])
    numbers = next((fields[info.field] for fields in found if info.field in fields), None)
    return None if numbers is None else QueryVector(info.field, tuple(numbers), info.model)


def is_sure(prepared: PreparedSearch) -> bool:
    """Tell from the first round trip whether the words are sure: a turn holds all of them, or they only name people."""
    return prepared.is_held or _only_names(prepared.terms)


def _only_names(terms: QueryTerms) -> bool:
    """Tell whether every word is the name of a speaker."""
    return all(any(name in terms.speakers for name in terms.names(word)) for word in terms.typed_words)


def _check(request: SearchRequest) -> None:
    """Raise `UsageError` for what search by meaning cannot do."""
    if request.sort is not Sort.RELEVANCE:
        step = _("Leave out --sort {sort}.").format(sort=request.sort)
        raise UsageError(_("--by meaning has one order, the nearest first."), step)
    if request.match:
        raise UsageError(_("--match counts words, and --by meaning asks for none."), _("Leave out --match."))
    if not meant(request).strip():
        raise UsageError(_("There is nothing whose meaning could be compared."), _("Add words to the query."))


def _is_installed(settings: Settings) -> bool:
    """Tell whether the packages and the model are here: a search does not fetch them unasked."""
    from indexer.embeddings.model_files import builtin_folder

    has_model = settings.model.parts or builtin_folder().exists()
    return bool(has_model) and all(find_spec(name) for name in ("onnxruntime", "tokenizers"))


def _fitting(settings: Settings, info: "VectorInfo") -> "Encoder":
    """Return the encoder that made the vectors; raise `ModelError` if the settings name another model."""
    encoder = _encoder(settings)
    if encoder.model.fingerprint != info.fingerprint:
        other = _("The vectors of the archive are of {model}, not of {other}.")
        raise ModelError(other.format(model=info.model, other=encoder.model.name), _EMBED)
    return encoder


@lru_cache(maxsize=2)
def _encoder(settings: Settings) -> "Encoder":
    """Return the encoder of the settings, loaded once in a process."""
    from indexer.embeddings.encoder import Encoder
    from indexer.embeddings.model_files import find_model

    return Encoder(find_model(settings))
