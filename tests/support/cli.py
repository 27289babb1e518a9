"""The command line in this process, asking the archive of some settings."""

import sys
from dataclasses import dataclass

import pytest

from indexer.settings import Settings
from search_cli.app import main


@dataclass(frozen=True)
class Printed:
    """What a command printed, and how it ended."""

    code: int
    out: str
    err: str

    @property
    def lines(self) -> list[str]:
        return self.out.splitlines()


class CommandLine:
    """Runs fangtan on one archive."""

    def __init__(self, settings: Settings, patch: pytest.MonkeyPatch, capture: pytest.CaptureFixture[str]) -> None:
        self._patch, self._capture = patch, capture
        patch.setenv("ELASTICSEARCH_URL", settings.url)
        patch.setenv("FANGTAN_INDEX", settings.index)
        patch.setenv("COLUMNS", "80")
        for name in ("NO_COLOR", "FORCE_COLOR", "FANGTAN_HINTS"):
            patch.delenv(name, raising=False)

    def __call__(self, *arguments: str, **environment: str) -> Printed:
        for name, value in environment.items():
            self._patch.setenv(name, value)
        self._patch.setattr(sys, "argv", ["fangtan", *arguments])
        with pytest.raises(SystemExit) as ended:
            main()
        printed = self._capture.readouterr()
        code = ended.value.code
        assert isinstance(code, int)
        return Printed(code, printed.out, printed.err)
