"""Every command against everything that may answer in place of Elasticsearch: told, and without a traceback.

`python -m pytest -n 0 -s tests/trials/bad_servers.py`: 16 servers and every command, some two minutes.
"""

from pathlib import Path

import pytest

from tests.support.bad_servers import ANSWERS, complaints
from tests.support.examples import apart


@pytest.mark.parametrize("answer", ANSWERS)
def test_every_command_says_what_is_wrong(answer: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    apart(monkeypatch, tmp_path)
    assert complaints(answer, monkeypatch) == []
