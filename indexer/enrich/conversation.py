"""A conversation as topics are learned from it: its words, and where it is cut. Pure."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from indexer.enrich.numbered_words import NumberedWords
from indexer.enrich.stretches import stretches


@dataclass(frozen=True, slots=True)
class Conversation:
    """The words of an interview, and the positions of the turns of each of its stretches."""

    words: NumberedWords
    stretches: tuple[range, ...]

    @staticmethod
    def of(turns: Sequence[Sequence[str]], beginnings: Collection[int] = ()) -> "Conversation":
        """Cut a conversation; `turns` are their words, `beginnings` the positions of those that begin an exchange."""
        words = NumberedWords.of(turns)
        return Conversation(words, tuple(stretches(words, beginnings)))
