"""What Kibana is given, held to the shapes Kibana reads: nothing here can be tried against a Kibana."""

import json
import re
from collections.abc import Iterator
from itertools import combinations
from pathlib import Path
from typing import Any

import pytest

from indexer.model import Role
from indexer.store import mapping
from search_cli.tools.kibana import dashboard, fields, generate, guide
from search_cli.tools.kibana.saved_objects import SavedObject, ndjson

ROOT = Path(__file__).parents[4]
COMMITTED = ROOT / "data/kibana/fangtan.ndjson"
LINES: list[dict[str, Any]] = [json.loads(line) for line in COMMITTED.read_text("utf-8").splitlines()]
BY_ID = {(line["type"], line["id"]): line for line in LINES}
LENS = [line for line in LINES if line["type"] == "lens"]
SEARCHES = [line for line in LINES if line["type"] == "search"]
VIEWS = [line for line in LINES if line["type"] == "index-pattern"]
DASHBOARD = BY_ID["dashboard", "fangtan-turns-dashboard"]
PANELS: list[dict[str, Any]] = json.loads(DASHBOARD["attributes"]["panelsJSON"])

CHINESE = re.compile(r"[\u4e00-\u9fff]")


def by_id(line: dict[str, Any]) -> str:
    return str(line["id"])


def view_of(line: dict[str, Any]) -> dict[str, Any]:
    (reference,) = [one for one in line["references"] if one["type"] == "index-pattern"]
    return BY_ID["index-pattern", reference["id"]]


def mapping_of(line: dict[str, Any]) -> dict[str, Any]:
    """The mapping behind the data view that a panel or session uses."""
    return dict(mapping.FIELDS[view_of(line)["attributes"]["title"].removeprefix("fangtan-")])


def layer_of(panel: dict[str, Any]) -> dict[str, Any]:
    (layer,) = panel["attributes"]["state"]["datasourceStates"]["formBased"]["layers"].values()
    return dict(layer)


# --- the file


def test_the_committed_file_is_what_the_generator_makes() -> None:
    made = ndjson(generate.objects())
    assert COMMITTED.read_text("utf-8") == made, "run: make dashboard"
    assert ndjson(generate.objects()) == made


def test_it_holds_what_is_promised() -> None:
    assert [(line["type"], line["id"]) for line in LINES] == [
        ("index-pattern", "fangtan-turns"),
        ("index-pattern", "fangtan-interviews"),
        ("search", "fangtan-turns-session"),
        ("search", "fangtan-interviews-session"),
        ("lens", "fangtan-turns-over-time"),
        ("lens", "fangtan-turns-speakers"),
        ("lens", "fangtan-turns-topics"),
        ("lens", "fangtan-turns-shares"),
        ("lens", "fangtan-turns-who-about-what"),
        ("lens", "fangtan-turns-outlets"),
        ("lens", "fangtan-turns-characteristic-words"),
        ("lens", "fangtan-turns-longest-answers"),
        ("dashboard", "fangtan-turns-dashboard"),
    ]


def test_another_prefix_makes_objects_of_its_own() -> None:
    other = generate.objects("meetings")
    assert {one.id for one in other}.isdisjoint(line["id"] for line in LINES)
    assert "fangtan" not in ndjson(other).replace("`fangtan search`", "")
    assert {one.attributes["title"] for one in other if one.type == "index-pattern"} == {
        "meetings-turns",
        "meetings-interviews",
    }


@pytest.mark.parametrize("line", LINES, ids=by_id)
def test_the_envelope(line: dict[str, Any]) -> None:
    assert line.keys() == {
        "id",
        "type",
        "attributes",
        "references",
        "coreMigrationVersion",
        "typeMigrationVersion",
        "managed",
    }
    versions = {"index-pattern": "8.0.0", "search": "10.5.0", "lens": "8.9.0", "dashboard": "10.2.0"}
    assert line["typeMigrationVersion"] == versions[line["type"]]
    assert line["coreMigrationVersion"] == "8.8.0"
    assert line["managed"] is False


@pytest.mark.parametrize("line", LINES, ids=by_id)
def test_every_reference_resolves_to_an_earlier_line(line: dict[str, Any]) -> None:
    earlier = LINES[: LINES.index(line)]
    for reference in line["references"]:
        assert reference.keys() == {"id", "name", "type"}
        assert (reference["type"], reference["id"]) in {(one["type"], one["id"]) for one in earlier}
    names = [reference["name"] for reference in line["references"]]
    assert len(names) == len(set(names))


@pytest.mark.parametrize("line", LINES, ids=by_id)
def test_titles_are_chinese_with_an_english_description(line: dict[str, Any]) -> None:
    attributes = line["attributes"]
    if line["type"] == "index-pattern":
        assert CHINESE.search(attributes["name"])
        return
    assert CHINESE.search(attributes["title"])
    assert attributes["description"].isascii()
    assert len(attributes["description"].split()) >= 4


@pytest.mark.parametrize("line", LINES, ids=by_id)
def test_nested_json_is_json(line: dict[str, Any]) -> None:
    found = dict(nested_texts(line["attributes"]))
    for text in found.values():
        assert isinstance(json.loads(text), dict | list)
    expected = {"index-pattern": 6, "search": 1, "lens": 0, "dashboard": 5}
    assert len(found) == expected[line["type"]], found.keys()


NESTED = re.compile(r".*JSON|fieldAttrs|fieldFormatMap|runtimeFieldMap|sourceFilters|fields|typeMeta")


def nested_texts(attributes: dict[str, Any]) -> Iterator[tuple[str, str]]:
    for key, value in attributes.items():
        if isinstance(value, str) and NESTED.fullmatch(key):
            yield key, value
        elif isinstance(value, dict) and key in {"kibanaSavedObjectMeta", "controlGroupInput"}:
            yield from ((f"{key}.{inner}", text) for inner, text in nested_texts(value))


# --- data views


@pytest.mark.parametrize("view", VIEWS, ids=by_id)
def test_every_field_of_the_mapping_is_shown_and_no_other(view: dict[str, Any]) -> None:
    fields = mapping.FIELDS[view["attributes"]["title"].removeprefix("fangtan-")]
    shown = json.loads(view["attributes"]["fieldAttrs"])
    assert shown.keys() == fields.keys()
    for field, one in shown.items():
        assert CHINESE.search(one["customLabel"]), field
        assert one["customDescription"], field
        assert len(one["customDescription"]) <= 300, "Kibana's limit"
        assert one.get("count", 1) > 0
    labels = [one["customLabel"] for one in shown.values()]
    assert len(labels) == len(set(labels)), "two fields under one label cannot be told apart"


def test_the_turns_are_on_a_time_line_and_the_interviews_are_not() -> None:
    turns, interviews = VIEWS
    assert turns["attributes"]["timeFieldName"] == "date"
    assert mapping.TURN["date"]["type"] == "date"
    assert "timeFieldName" not in interviews["attributes"]


@pytest.mark.parametrize("view", VIEWS, ids=by_id)
def test_formats_fit_the_fields(view: dict[str, Any]) -> None:
    fields = mapping.FIELDS[view["attributes"]["title"].removeprefix("fangtan-")]
    fitting = {
        "number": {"integer", "double"},
        "duration": {"integer"},
        "date": {"date"},
        "url": {"keyword"},
        "static_lookup": {"keyword"},
    }
    formats = json.loads(view["attributes"]["fieldFormatMap"])
    for field, one in formats.items():
        assert fields[field]["type"] in fitting[one["id"]], field
    assert "date" in formats


def test_roles_are_shown_in_chinese_every_one() -> None:
    assert fields.ROLES.keys() == {str(role) for role in Role}
    entries = json.loads(VIEWS[0]["attributes"]["fieldFormatMap"])["role"]["params"]["lookupEntries"]
    assert {one["key"]: one["value"] for one in entries} == fields.ROLES


def test_what_people_read_comes_first() -> None:
    shown = json.loads(VIEWS[0]["attributes"]["fieldAttrs"])
    ranked = sorted(shown, key=lambda field: -shown[field].get("count", 0))
    assert set(ranked[:4]) == {"speaker", "text", "topics", "date"}
    assert not any("count" in shown[field] for field in fields.MACHINE_FIELDS)


def test_machine_fields_stay_out_of_discover() -> None:
    hidden = {one["value"] for one in json.loads(VIEWS[0]["attributes"]["sourceFilters"])}
    assert hidden == {"bigrams", "chars", "asked", "passage", "note_offsets", "note_chars", "note_bigrams", "vector_*"}
    used = {column for search in SEARCHES for column in search["attributes"]["columns"]}
    assert not hidden & used


# --- Discover


@pytest.mark.parametrize("search", SEARCHES, ids=by_id)
def test_a_session_has_only_the_keys_kibana_allows(search: dict[str, Any]) -> None:
    allowed = {
        "title",
        "description",
        "columns",
        "sort",
        "grid",
        "hideChart",
        "timeRestore",
        "timeRange",
        "kibanaSavedObjectMeta",
    }
    assert search["attributes"].keys() <= allowed
    assert set(search["attributes"]["grid"]) == {"columns"}
    assert all(one.keys() == {"width"} for one in search["attributes"]["grid"]["columns"].values())


@pytest.mark.parametrize("search", SEARCHES, ids=by_id)
def test_a_sessions_fields_are_in_the_mapping_and_sort_by_what_can_be_sorted(search: dict[str, Any]) -> None:
    mapping = mapping_of(search)
    attributes = search["attributes"]
    assert set(attributes["columns"]) <= mapping.keys()
    assert attributes["grid"]["columns"].keys() <= set(attributes["columns"])
    for field, direction in attributes["sort"]:
        assert mapping[field]["type"] != "text"
        assert direction in {"asc", "desc"}


@pytest.mark.parametrize("search", SEARCHES, ids=by_id)
def test_a_session_names_its_data_view(search: dict[str, Any]) -> None:
    source = json.loads(search["attributes"]["kibanaSavedObjectMeta"]["searchSourceJSON"])
    assert source["indexRefName"] == search["references"][0]["name"] == "kibanaSavedObjectMeta.searchSourceJSON.index"
    assert source["query"] == {"query": "", "language": "kuery"}


def test_the_session_of_turns_reads_as_asked_for_and_opens_on_all_time() -> None:
    attributes = BY_ID["search", "fangtan-turns-session"]["attributes"]
    assert attributes["columns"] == ["speaker", "role", "text", "topics"]
    assert attributes["timeRestore"] is True
    assert attributes["timeRange"]["from"] == "1990-01-01T00:00:00.000Z"
    assert attributes["timeRange"]["to"] == "now"


# --- Lens


@pytest.mark.parametrize("panel", LENS, ids=by_id)
def test_a_layer_agrees_with_itself(panel: dict[str, Any]) -> None:
    state = panel["attributes"]["state"]
    layers = state["datasourceStates"]["formBased"]["layers"]
    assert list(layers) == ["layer"]
    layer = layers["layer"]
    assert layer["columnOrder"] == list(layer["columns"])
    assert layer["incompleteColumns"] == {}
    grouping = [layer["columns"][column]["isBucketed"] for column in layer["columnOrder"]]
    assert grouping == sorted(grouping, reverse=True), "groups come before what is counted"
    assert grouping.count(False) == 1
    assert panel["references"] == [
        {"id": "fangtan-turns", "name": "indexpattern-datasource-layer-layer", "type": "index-pattern"}
    ]


@pytest.mark.parametrize("panel", LENS, ids=by_id)
def test_the_drawing_uses_every_column_once_and_no_other(panel: dict[str, Any]) -> None:
    kind, visualization = panel["attributes"]["visualizationType"], panel["attributes"]["state"]["visualization"]
    if kind == "lnsXY":
        (drawn,) = visualization["layers"]
        used = [drawn["xAccessor"], *drawn["accessors"]] + (
            [drawn["splitAccessor"]] if "splitAccessor" in drawn else []
        )
        assert drawn["seriesType"] == visualization["preferredSeriesType"]
        assert drawn["seriesType"] in {"bar_stacked", "bar_horizontal", "bar_horizontal_percentage_stacked"}
    else:
        drawn = visualization
        keys = {
            "lnsTagcloud": ["tagAccessor", "valueAccessor"],
            "lnsHeatmap": ["xAccessor", "yAccessor", "valueAccessor"],
            "lnsDatatable": [],
        }
        used = [drawn[key] for key in keys[kind]] + [one["columnId"] for one in drawn.get("columns", [])]
    assert (drawn["layerId"], drawn["layerType"]) == ("layer", "data")
    assert sorted(used) == sorted(layer_of(panel)["columns"])


@pytest.mark.parametrize("panel", LENS, ids=by_id)
def test_every_column_is_of_a_field_that_can_be_grouped_or_counted_so(panel: dict[str, Any]) -> None:
    mapping, columns = mapping_of(panel), layer_of(panel)["columns"]
    for name, column in columns.items():
        assert column["customLabel"] is True
        assert CHINESE.search(column["label"]), name
        operation, field = column["operationType"], column["sourceField"]
        if operation == "count":
            assert field == "___records___"
            continue
        kind = mapping[field]["type"]
        assert kind != "text", f"{field} cannot be aggregated"
        assert mapping[field].get("doc_values", True), f"{field} cannot be aggregated"
        fitting = {"terms": {"keyword"}, "date_histogram": {"date"}, "unique_count": {"keyword"}}
        assert kind in fitting.get(operation, {"integer", "double"}), name
        assert column["dataType"] == {"terms": "string", "date_histogram": "date"}.get(operation, "number")


@pytest.mark.parametrize("panel", LENS, ids=by_id)
def test_top_values_are_ordered_by_something_that_is_counted(panel: dict[str, Any]) -> None:
    columns = layer_of(panel)["columns"]
    for column in columns.values():
        if column["operationType"] != "terms":
            continue
        order = column["params"]["orderBy"]
        if order["type"] == "column":
            assert columns[order["columnId"]]["isBucketed"] is False
        else:
            assert order == {"type": "significant"}
            assert mapping_of(panel)[column["sourceField"]]["type"] == "keyword"
        assert column["params"]["parentFormat"] == {"id": "terms"}
        assert 0 < column["params"]["size"] <= 1000


def test_significant_words_are_asked_for() -> None:
    columns = layer_of(BY_ID["lens", "fangtan-turns-characteristic-words"])["columns"]
    orders = {name: one["params"]["orderBy"]["type"] for name, one in columns.items() if one["isBucketed"]}
    assert orders == {"speaker": "column", "keyword": "significant"}


@pytest.mark.parametrize("panel", LENS, ids=by_id)
def test_a_panels_state_is_complete(panel: dict[str, Any]) -> None:
    assert panel["attributes"].keys() == {"title", "description", "visualizationType", "state"}
    state = panel["attributes"]["state"]
    assert state.keys() == {
        "visualization",
        "query",
        "filters",
        "datasourceStates",
        "internalReferences",
        "adHocDataViews",
    }
    assert state["query"]["language"] == "kuery"


# --- the dashboard


def test_the_dashboard_has_only_the_keys_kibana_allows() -> None:
    assert DASHBOARD["attributes"].keys() == {
        "title",
        "description",
        "version",
        "timeRestore",
        "timeFrom",
        "timeTo",
        "refreshInterval",
        "kibanaSavedObjectMeta",
        "optionsJSON",
        "panelsJSON",
        "controlGroupInput",
    }
    assert DASHBOARD["attributes"]["title"] == "访谈"


def test_panels_lie_inside_the_grid_and_not_on_each_other() -> None:
    places = {panel["panelIndex"]: panel["gridData"] for panel in PANELS}
    assert all(place["i"] == name for name, place in places.items())
    for place in places.values():
        assert place["x"] >= 0
        assert place["y"] >= 0
        assert min(place["w"], place["h"]) >= 4
        assert place["x"] + place["w"] <= 48
    for one, other in combinations(places.values(), 2):
        apart = (
            one["x"] + one["w"] <= other["x"]
            or other["x"] + other["w"] <= one["x"]
            or one["y"] + one["h"] <= other["y"]
            or other["y"] + other["h"] <= one["y"]
        )
        assert apart, (one, other)


def test_the_grid_has_no_holes() -> None:
    covered = sum(panel["gridData"]["w"] * panel["gridData"]["h"] for panel in PANELS)
    assert covered == 48 * max(panel["gridData"]["y"] + panel["gridData"]["h"] for panel in PANELS)


def test_every_panel_shows_what_it_refers_to() -> None:
    references = {one["name"]: one for one in DASHBOARD["references"]}
    shown = set()
    for panel in PANELS:
        if panel["panelIndex"] == "guide":
            continue
        assert panel["panelRefName"] == f"panel_{panel['panelIndex']}"
        reference = references[f"{panel['panelIndex']}:{panel['panelRefName']}"]
        assert reference["type"] == panel["type"]
        shown.add((reference["type"], reference["id"]))
    assert shown == {("lens", line["id"]) for line in LENS} | {("search", "fangtan-turns-session")}


def test_the_controls() -> None:
    group = DASHBOARD["attributes"]["controlGroupInput"]
    controls = json.loads(group["panelsJSON"])
    references = {one["name"]: one for one in DASHBOARD["references"]}
    assert list(controls) == ["speaker", "topics", "outlet", "role"]
    assert [one["order"] for one in controls.values()] == [0, 1, 2, 3]
    for name, control in controls.items():
        assert control["type"] == "optionsListControl"
        given = control["explicitInput"]
        assert given["id"] == name
        assert mapping.TURN[given["fieldName"]]["type"] == "keyword"
        assert CHINESE.search(given["title"])
        reference = references[f"controlGroup_{name}:optionsListDataView"]
        assert (reference["type"], reference["id"]) == ("index-pattern", "fangtan-turns")
    assert set(json.loads(group["ignoreParentSettingsJSON"]).values()) == {False}


def test_a_control_narrows_every_panel() -> None:
    for panel in [*LENS, BY_ID["search", "fangtan-turns-session"]]:
        assert mapping_of(panel).keys() >= dashboard.CONTROLS.keys(), panel["id"]


def test_the_dashboard_refers_to_nothing_it_does_not_use() -> None:
    used = {f"{panel['panelIndex']}:panel_{panel['panelIndex']}" for panel in PANELS} - {"guide:panel_guide"}
    used |= {f"controlGroup_{name}:optionsListDataView" for name in dashboard.CONTROLS}
    assert {one["name"] for one in DASHBOARD["references"]} == used


def test_the_dashboard_opens_on_all_time() -> None:
    attributes = DASHBOARD["attributes"]
    assert attributes["timeRestore"] is True
    assert attributes["timeFrom"] == "1990-01-01T00:00:00.000Z"
    assert "1990" in guide.markdown()
    assert attributes["timeTo"] == "now"


def test_more_panels_than_places_is_told() -> None:
    view = SavedObject("index-pattern", "x-turns", {})
    with pytest.raises(ValueError, match="argument"):
        dashboard.dashboard(view, (), SavedObject("search", "x-turns-session", {}))


# --- the guide


def test_the_guide_is_in_the_dashboard_itself() -> None:
    panel = next(one for one in PANELS if one["panelIndex"] == "guide")
    assert panel["type"] == "visualization"
    assert "panelRefName" not in panel
    text = panel["embeddableConfig"]["savedVis"]
    assert text["type"] == "markdown"
    assert text["params"]["markdown"] == guide.markdown()
    assert text["data"]["searchSource"]["filter"] == []


def test_the_guide_teaches_to_quote_phrases_and_shows_every_example() -> None:
    text = guide.markdown()
    assert "词组请加引号" in text
    assert '`text: "隐私"`' in text
    for example in guide.EXAMPLES:
        assert f"| `{example.kql}` | {example.finds} |" in text
        assert "|" not in example.kql + example.finds, "a bar would end the table's cell"


def test_the_guide_names_only_fields_that_are_there() -> None:
    named = {field for example in guide.EXAMPLES for field in re.findall(r"([a-z_]+)\s*(?::|>=|<=|>|<)", example.kql)}
    assert len(named) >= 7
    assert named <= mapping.TURN.keys()


@pytest.mark.parametrize("page", ["docs/kibana.md", "docs/zh-CN/kibana.md"])
def test_the_documentation_names_everything_that_is_made(page: str) -> None:
    text = (ROOT / page).read_text("utf-8")
    for line in LINES:
        name = line["attributes"].get("name", line["attributes"]["title"]).partition("（")[0]
        assert re.search(rf"(?m)^\|.*\b{name}\b", text), name
