"""A plan to load an interview as columns of values, which pickle writes and reads four times as fast as objects."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, fields, replace
from operator import attrgetter
from typing import Any, TypeVar

from indexer.indexing.plan import Load
from indexer.model import Turn
from indexer.text.analysis import Analysis
from indexer.text.normalize import Cluster, NormalText

_Object = TypeVar("_Object")
_Columns = tuple[tuple[Any, ...], ...]

_of_turn = attrgetter(*(field.name for field in fields(Turn)))
_of_analysis = attrgetter("normal.text", "normal.clusters", "joined_words", "joined_bigrams")


@dataclass(frozen=True, slots=True)
class PackedLoad:
    """The plan without turns and analyses, and columns of these: a column for each field."""

    bare: Load
    turns: _Columns
    analyses: _Columns

    @staticmethod
    def of(load: Load) -> "PackedLoad":
        """Pack a plan."""
        bare = replace(load, interview=replace(load.interview, turns=()), analyses=())
        return PackedLoad(bare, _columns(_of_turn, load.interview.turns), _columns(_of_analysis, load.analyses))

    def load(self) -> Load:
        """Return the plan."""
        interview = replace(self.bare.interview, turns=_objects(Turn, self.turns))
        return replace(self.bare, interview=interview, analyses=_objects(_analysis, self.analyses))


def _columns(values: Callable[[Any], tuple[Any, ...]], of: Iterable[object]) -> _Columns:
    return tuple(zip(*map(values, of), strict=True))


def _objects(make: Callable[..., _Object], columns: _Columns) -> tuple[_Object, ...]:
    return tuple(map(make, *columns)) if columns else ()


def _analysis(normal: str, clusters: tuple[Cluster, ...], joined_words: str, joined_bigrams: str) -> Analysis:
    return Analysis(NormalText(normal, clusters), joined_words, joined_bigrams)
