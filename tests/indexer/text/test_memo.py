"""Results that are remembered."""

from indexer.text.memo import Memo


def test_what_is_computed_once_is_looked_up() -> None:
    asked: list[str] = []

    def length(word: str) -> int:
        asked.append(word)
        return len(word)

    memo = Memo(length, 2)
    assert list(map(memo.__getitem__, ["小米", "小米", "手", "小米"])) == [2, 2, 1, 2]
    assert asked == ["小米", "手"]


def test_all_is_forgotten_once_there_is_too_much() -> None:
    memo = Memo(str.upper, 2)
    assert [memo[word] for word in "abcb"] == ["A", "B", "C", "B"]
    assert set(memo) == {"b", "c"}
