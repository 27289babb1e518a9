"""Whatever answers at ELASTICSEARCH_URL, every command says what is wrong; `tests/trials/bad_servers.py` has all."""

from pathlib import Path

import pytest

from tests.support.bad_servers import complaints
from tests.support.examples import apart

_TELLING = ("wrong types", "an answer cut short")


@pytest.mark.parametrize("answer", _TELLING)
def test_every_command_says_what_is_wrong(answer: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    apart(monkeypatch, tmp_path)
    assert complaints(answer, monkeypatch) == []
