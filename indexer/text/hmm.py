"""Segment out-of-dictionary text with jieba's hidden Markov model, using jieba's exact probabilities.

Each character begins a word (B), is inside it (M), ends it (E) or is a word of its own (S); the most likely sequence of
labels (Viterbi) gives the word boundaries. rjieba has the same model with probabilities rounded to six decimals: it
segments about one run in a million differently (我们常在看电影: 常在 看 instead of 常 在 看), and many runs of one
repeated character (兵兵兵兵兵), where two segmentations are equally likely.
"""

import re
from functools import cache
from importlib.util import module_from_spec, spec_from_file_location
from typing import Any, NamedTuple

from indexer.text import jieba_data

_IMPOSSIBLE = -3.14e100  # jieba's logarithm of the probability 0
_HAN = re.compile("([\u4e00-\u9fd5]+)")
_OTHER = re.compile(r"([a-zA-Z0-9]+(?:\.[0-9]+)?%?)")
B, M, E, S = range(4)  # in alphabetical order: of two equally likely labels jieba takes the later one


class Emissions(dict[str, tuple[float, float, float, float]]):
    """Log probabilities of a character under each label: jieba's four tables, joined on first access."""

    def __init__(self, tables: dict[str, dict[str, float]]) -> None:
        super().__init__()
        self._tables = tuple(tables[label] for label in "BMES")

    def __missing__(self, character: str) -> tuple[float, float, float, float]:
        begins, inside, ends, single = (table.get(character, _IMPOSSIBLE) for table in self._tables)
        self[character] = begins, inside, ends, single
        return self[character]


class Model(NamedTuple):
    """Log probabilities: of the first label, of the transitions (BE: from B to E), of the characters."""

    initial: tuple[float, ...]
    transitions: tuple[float, ...]
    emissions: Emissions


def emissions(character: str) -> tuple[float, float, float, float]:
    """Return the log probabilities of a character under the labels B, M, E and S."""
    return _model().emissions[character]


def cut(text: str) -> list[str]:
    """Segment text that has no dictionary words: Han by the model, the rest at punctuation."""
    found: list[str] = []
    for index, run in enumerate(_HAN.split(text)):
        found += words(run) if index % 2 else filter(None, _OTHER.split(run))
    return found


def words(run: str) -> list[str]:
    """Return the words of a run of Han characters."""
    found: list[str] = []
    start = 0
    for end, label in enumerate(_labels(run), 1):
        if label >= E:
            found.append(run[start:end])
            start = end
    return found


def _labels(run: str) -> list[int]:
    """Return the most likely labels; sums are computed in jieba's order, since the last bit breaks ties."""
    initial, (be, bm, eb, es, me, mm, sb, ss), emissions = _model()
    b, m, e, s = (start + chance for start, chance in zip(initial, emissions[run[0]], strict=True))
    steps: list[tuple[int, int, int, int]] = []  # the most likely previous label, per label of each character
    for character in run[1:]:
        begins, inside, ends, single = emissions[character]
        b_e, b_s = e + eb + begins, s + sb + begins
        m_b, m_m = b + bm + inside, m + mm + inside
        e_b, e_m = b + be + ends, m + me + ends
        s_e, s_s = e + es + single, s + ss + single
        steps.append((E if b_e > b_s else S, B if m_b > m_m else M, B if e_b > e_m else M, E if s_e > s_s else S))
        b, m = b_e if b_e > b_s else b_s, m_b if m_b > m_m else m_m
        e, s = e_b if e_b > e_m else e_m, s_e if s_e > s_s else s_s
    labels = [E if e > s else S]
    for step in reversed(steps):
        labels.append(step[labels[-1]])
    return labels[::-1]


@cache
def _model() -> Model:
    """Read jieba's model from its files (7 ms; importing jieba takes 0.1 s)."""
    start, trans = _table("prob_start"), _table("prob_trans")
    pairs = ("BE", "BM", "EB", "ES", "ME", "MM", "SB", "SS")
    transitions = tuple(trans[pair[0]][pair[1]] for pair in pairs)
    return Model(tuple(start[label] for label in "BMES"), transitions, Emissions(_table("prob_emit")))


def _table(name: str) -> dict[str, Any]:
    """Return one of jieba's tables, from the module that defines it."""
    spec = spec_from_file_location(f"jieba_{name}", jieba_data.path("finalseg", f"{name}.py"))
    if spec is None or spec.loader is None:
        raise ModuleNotFoundError(f"No module named 'jieba.finalseg.{name}'", name=f"jieba.finalseg.{name}")
    module = module_from_spec(spec)
    spec.loader.exec_module(module)
    table: dict[str, Any] = module.P
    return table
