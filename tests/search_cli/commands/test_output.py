"""Forms of output: one is chosen, and only that one is made."""

import pytest

from indexer.errors import UsageError
from search_cli.commands.output import OutputForm, are_hints_on, emit, output_form


def test_the_screen_is_the_default() -> None:
    assert output_form() is OutputForm.SCREEN
    assert output_form(csv=True) is OutputForm.CSV


def test_two_forms_cannot_be_combined() -> None:
    with pytest.raises(UsageError, match="--jsonl and --ids cannot be combined"):
        output_form(ids=True, jsonl=True)


@pytest.mark.parametrize(
    ("form", "expected"),
    [
        (OutputForm.SCREEN, " 小米\n"),
        (OutputForm.JSON, '{"a": "小米"}\n'),
        (OutputForm.LINES, '{"a": 1}\n{"a": 2}\n'),
        (OutputForm.CSV, "a,b\n1,'=2\n"),
        (OutputForm.IDS, ""),
    ],
)
def test_each_form(form: OutputForm, expected: str, capsys: pytest.CaptureFixture[str]) -> None:
    from search_cli.rendering.terminal.styles import line

    emit(
        form,
        screen=lambda width: [line(" 小米")],
        json=lambda: {"a": "小米"},
        lines=lambda: ({"a": number} for number in (1, 2)),
        rows=lambda: (("a", "b"), [(1, "=2")]),
    )
    assert capsys.readouterr().out == expected


def test_only_the_chosen_form_is_made(capsys: pytest.CaptureFixture[str]) -> None:
    def never(*_: int) -> list[object]:
        raise AssertionError

    emit(OutputForm.JSON, screen=never, json=list, lines=never)  # type: ignore[arg-type]  # never called
    assert capsys.readouterr().out == "[]\n"


@pytest.mark.parametrize(("value", "expected"), [("1", True), ("0", False), ("Off", False)])
def test_the_environment_switches_hints_off(value: str, expected: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FANGTAN_HINTS", value)
    assert are_hints_on(True) is expected
    assert not are_hints_on(False)
