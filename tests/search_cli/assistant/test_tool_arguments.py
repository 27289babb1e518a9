"""The arguments of tools: what their schema says is what is checked."""

from typing import Any

import jsonschema
import pytest

from indexer.errors import UsageError
from search_cli.assistant.read_tools import TOOLS
from search_cli.assistant.tool_arguments import Kind, Parameter, checked, schema

PARAMETERS = (
    Parameter("query", "Words.", default=""),
    Parameter("speaker", "Names.", Kind.TEXTS),
    Parameter("sort", "The order.", default="date", choices=("date", "oldest")),
    Parameter("limit", "Number of hits.", Kind.NUMBER, 10, least=1, most=20),
    Parameter("quotation", "The words.", required=True, most=5),
)


def test_what_is_not_given_has_its_default() -> None:
    given: dict[str, Any] = {"quotation": "好", "speaker": [], "sort": None, "query": ""}
    expected = {"query": "", "speaker": None, "sort": "date", "limit": 10, "quotation": "好"}
    assert checked("search", PARAMETERS, given) == expected


def test_one_text_is_a_list_of_one() -> None:
    for given in ("何苗", ["何苗"]):
        assert checked("search", PARAMETERS, {"quotation": "好", "speaker": given})["speaker"] == ("何苗",)


@pytest.mark.parametrize(
    "given",
    [
        *({}, {"quotation": ""}, {"quotation": "一二三四五六"}, {"quotation": 5}, {"quotation": ["好"]}),
        *({"limit": 0}, {"limit": 21}, {"limit": "5"}, {"limit": True}, {"limit": 2.5}, {"sort": "size"}),
        *({"speaker": [1]}, {"speaker": ["名"] * 21}, {"query": {}}, {"other": 1}, {"query": "长" * 1001}),
    ],
)
def test_what_is_refused_is_told_with_a_step_and_is_against_the_schema(given: dict[str, Any]) -> None:
    given = {"quotation": "好", **given} if "quotation" not in given and given else given
    with pytest.raises(UsageError) as refused:
        checked("search", PARAMETERS, given)
    assert refused.value.next_step
    if given.get("quotation") != "":  # which is missing, though it is a text
        with pytest.raises(jsonschema.ValidationError):
            jsonschema.validate(given, schema(PARAMETERS))


def test_every_default_of_a_tool_is_one_that_may_be_given() -> None:
    for tool in TOOLS:
        defaults = {one.name: one.default for one in tool.parameters if one.default not in (None, "")}
        jsonschema.validate(defaults, {**schema(tool.parameters), "required": []})
        required = {one.name: one.choices[0] if one.choices else "年" for one in tool.parameters if one.required}
        given = checked(tool.name, tool.parameters, {**defaults, **required})
        assert {name: given[name] for name in defaults} == defaults
