"""jieba's words, cut by rjieba."""

import re
from pathlib import Path

_JOINED = re.compile(r"[+#&._%\-]")
_SKIP = re.compile(r"([a-zA-Z0-9]+(?:\.\d+)?%?)")


class Segmenter:
    """Cut a normal text into jieba's words."""

    def __init__(self, words: Path | None = None) -> None:
        from rjieba import Jieba

        self._jieba = Jieba()
        self.fingerprint = ""

    def words(self, normal: str) -> list[str]:
        """Return what `jieba.lcut` returns."""
        tokens: list[str] = self._jieba.cut(normal)
        if _JOINED.search(normal) is None:
            return tokens
        return [
            part
            for token in tokens
            for part in (_SKIP.split(token) if len(token) > 1 and token.isascii() else [token])
            if part
        ]
