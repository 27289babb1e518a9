"""What Typer says of a command line, in Chinese; in a form that is not known, as Typer says it."""

import pytest
import typer

from search_cli.app import app
from search_cli.commands.parser_messages import translated
from search_cli.commands.usage_errors import TyperError, usage_error


def told(*typed: str) -> str:
    """The error of a command line, with its next step."""
    with pytest.raises(TyperError) as raised:
        app(list(typed), prog_name="fangtan", standalone_mode=False)
    error = usage_error(raised.value)
    return f"{error.message} {error.next_step}"


@pytest.mark.usefixtures("chinese")
@pytest.mark.parametrize(
    ("typed", "error"),
    [
        ("serch 小米", "没有“serch”这个命令。是不是想用“search”？ fangtan --help"),
        ("node halt", "没有“halt”这个命令。 fangtan node --help"),
        ("ser'ch", "没有“ser'ch”这个命令。是不是想用“search”？ fangtan --help"),
        ("search --speker 甲", "没有 --speker 这个选项。是不是想用 --speaker？ fangtan search --help"),
        ("search --version", "没有 --version 这个选项。 fangtan search --help"),
        ("search -n x", "--limit / -n 的值无效：“x”不是整数。 fangtan search --help"),
        ("search -n 0", "--limit / -n 的值无效：0 不在允许的范围内（x>=1）。 fangtan search --help"),
        ("search --sort best", "--sort 的值无效：没有“best”这个值，可选：relevance、date、oldest、position、random。"),
        ("search --speaker", "选项 --speaker 后面要有一个值。 fangtan --help"),
        ("search --json=yes", "选项 --json 不带值。 fangtan --help"),
        ("facets", "缺少参数：字段。 fangtan facets --help"),
        ("node stop 马上 全部", "多出了参数：马上 全部。 fangtan node stop --help"),
        ("kibana install --ca-certs 无", "文件 无 不存在。"),
    ],
)
def test_a_mistake_is_told_in_chinese(typed: str, error: str) -> None:
    assert error in told(*typed.split(" "))


@pytest.mark.usefixtures("chinese")
def test_a_message_of_another_form_stays_as_it_is() -> None:
    unknown = "Value must be an iterable."
    assert translated(unknown) == unknown
    assert usage_error(typer.BadParameter(unknown)).message == f"Invalid value: {unknown}"


def test_english_is_what_typer_says() -> None:
    said = "Invalid value for '--sort': 'best' is not one of 'date', 'oldest'."
    assert translated(said) == said
