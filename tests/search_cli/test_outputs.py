"""New outputs join the registry: each command has an example, each form a check."""

from typing import Annotated

import pytest
import typer
from typer.main import get_command

from tests.support import outputs


def test_each_command_has_an_example_and_each_example_a_command() -> None:
    known = {*outputs.EXAMPLES, *outputs.LEFT_OUT}
    assert known == set(outputs.commands()), "a new command: show an example of it in tests/support/outputs.py"


@pytest.mark.parametrize("command", outputs.commands())
def test_each_form_has_a_check(command: str) -> None:
    offered = set(outputs.forms(outputs.commands()[command]))
    assert offered <= set(outputs.FORMS), "a new form: say in tests/support/outputs.py what nothing but text is there"


def test_forms_are_those_that_are_offered() -> None:
    offered = {form for command in outputs.commands().values() for form in outputs.forms(command)}
    assert offered == set(outputs.FORMS)


def test_a_new_form_is_noticed() -> None:
    new = typer.Typer()

    @new.command()
    def command(page: Annotated[bool, typer.Option("--page-of-html", help="Print a web page.")] = False) -> None: ...

    assert list(outputs.forms(get_command(new))) == ["screen", "--page-of-html"]


@pytest.mark.parametrize(
    ("form", "text"),
    [
        ("screen", "\x1b]0;题\x07"),
        ("screen", "\x1b[5m"),  # a colour that is not one of ours
        ("--json", '"\u202e"'),
        ("--jsonl", '"一\u2028二"\n'),
        ("--csv", "text\n＝1\n"),
        ("--csv", "a,b\n1\n"),
        ("--ids", "a b#1\n"),
        ("--format trec", "q Q0 a b 1 2 fangtan\n"),
        ("--output html", "<p onclick=x>"),
        ("--output html", "<a href='javascript:x'>"),
        ("--output html", "<p id=a><p id=a>"),
        ("--svg", "<svg><script/></svg>"),
        ("--svg", "<svg onload='x'/>"),
        ("--show-query", "curl -d '{}' $(touch x)\n"),
        ("--style markdown", "Cite: <b>\n"),
        ("--style markdown", "Cite: [题](javascript:alert)\n"),
        ("--format markdown", "<b>题</b>\n"),
        ("--format markdown", "[题](ftp://a.example)\n"),
        ("--format markdown", "- 题\n"),
        ("--format xlsx", "=== member a.xml\n<c><f>1+1</f></c>"),
        ("--format docx", '=== member a.rels\n<r TargetMode="External"/>'),
        ("--format qdpx", "=== member a.qde\n<!DOCTYPE a><a/>"),
        ("--format qdpx", "=== member ../a.qde\n<a/>"),
    ],
)
def test_each_check_can_fail(form: str, text: str) -> None:
    with pytest.raises(AssertionError):
        outputs.FORMS[form].check(text)


def test_a_suggested_command_that_would_do_more_is_noticed() -> None:
    outputs.run_by_bash("fangtan parse '$(touch x)'")
    with pytest.raises(AssertionError):
        outputs.run_by_bash("fangtan parse $(touch x)")
