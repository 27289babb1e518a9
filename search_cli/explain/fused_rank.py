"""The rank and score of a turn where words and meaning are fused. Pure."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from search_cli.explain.explanation import Explanation, ScoreKind, ScorePart
from search_cli.search.fusion import Fused


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a turn stands among the best by words and meaning: `rank` 0 if it is not among them.

    `words`, `meaning` and `around` make up its score; `cosine` is its own, `nearest` the best.
    """

    rank: int = 0
    words: float = 0.0
    meaning: float = 0.0
    around: float = 0.0
    cosine: float = 0.0
    nearest: float = 0.0


def standing(fused: Fused, address: str, by_words: float) -> Standing:
    """Return where a turn stands, which has the score `by_words`."""
    rank = next((rank for rank, (one, _) in enumerate(fused.best, start=1) if one == address), 0)
    if not rank:
        return Standing()
    return Standing(
        rank,
        0.0 if address in fused.promoted else by_words,
        fused.nearness.get(address, 0.0),
        fused.around.get(address, 0.0),
        fused.cosines.get(address, 0.0),
        max(fused.cosines.values(), default=0.0),
    )


def with_meaning(explanation: Explanation, standing: Standing, near: int) -> Explanation:
    """Return an explanation by words with the parts of meaning; `near` hits are found by it alone."""
    explanation = replace(explanation, total=explanation.total + near)
    if not standing.rank:
        return explanation
    parts = (*(explanation.parts if standing.words else ()), *_parts(standing))
    return replace(
        explanation,
        score=standing.words + standing.meaning + standing.around,
        parts=parts,
        cosine=standing.cosine,
        nearest=standing.nearest,
    )


def _parts(standing: Standing) -> Iterator[ScorePart]:
    if standing.meaning:
        yield ScorePart(ScoreKind.MEANING, standing.meaning)
    if standing.around:
        yield ScorePart(ScoreKind.AROUND, standing.around)
