"""The eight Lens panels: turns by time, speaker, topic, role and outlet."""

from collections.abc import Mapping
from typing import Any

from search_cli.tools.kibana import charts
from search_cli.tools.kibana import columns as column
from search_cli.tools.kibana.columns import LensColumn
from search_cli.tools.kibana.saved_objects import Reference, SavedObject

INTERVIEWER_AND_INTERVIEWEE = "role: (interviewer or interviewee)"
INTERVIEWEE = "role: interviewee"


def panels(view: SavedObject) -> tuple[SavedObject, ...]:
    """Return the panels on the data view of the turns, in the order of the dashboard.

    None is on the interviews: a speaker chosen in a control must filter every panel.
    """
    return (
        over_time(view),
        speakers(view),
        topics(view),
        shares(view),
        who_about_what(view),
        outlets(view),
        characteristic_words(view),
        longest_answers(view),
    )


def over_time(view: SavedObject) -> SavedObject:
    """Return the turns over time, one colour per speaker."""
    layer = {
        "speaker": column.top_values("speaker", "说话人", 8, by="turns", others=True),
        "time": column.over_time("date", "日期"),
        "turns": column.turn_count("发言段数"),
    }
    chart = charts.bars("bar_stacked", across="time", counted="turns", split="speaker")
    return _lens(view, "over-time", "发言随时间", "Turns over time by speaker", layer, chart)


def speakers(view: SavedObject) -> SavedObject:
    """Return the speakers with the most turns."""
    layer = {
        "speaker": column.top_values("speaker", "说话人", 15, by="turns"),
        "turns": column.turn_count("发言段数"),
    }
    chart = charts.bars("bar_horizontal", across="speaker", counted="turns")
    return _lens(view, "speakers", "谁在说", "The speakers with the most turns", layer, chart)


def topics(view: SavedObject) -> SavedObject:
    """Return the topics with the most turns."""
    layer = {
        "topic": column.top_values("topics", "话题", 40, by="turns"),
        "turns": column.turn_count("发言段数"),
    }
    return _lens(view, "topics", "说什么", "The topics with the most turns", layer, charts.cloud("topic", "turns"))


def shares(view: SavedObject) -> SavedObject:
    """Return the shares of questions and answers in each interview, in characters."""
    layer = {
        "interview": column.top_values("title", "访谈", 20, by="characters"),
        "role": column.top_values("role", "角色", 2, by="characters"),
        "characters": column.total("length", "字数"),
    }
    chart = charts.bars("bar_horizontal_percentage_stacked", "interview", "characters", split="role")
    description = "Characters spoken by interviewer and by interviewee, as shares of each interview"
    return _lens(view, "shares", "问与答的比重", description, layer, chart, INTERVIEWER_AND_INTERVIEWEE)


def who_about_what(view: SavedObject) -> SavedObject:
    """Return the turns by speaker and topic."""
    layer = {
        "speaker": column.top_values("speaker", "说话人", 15, by="turns"),
        "topic": column.top_values("topics", "话题", 15, by="turns"),
        "turns": column.turn_count("发言段数"),
    }
    chart = charts.heat_map(across="topic", down="speaker", heat="turns")
    return _lens(view, "who-about-what", "谁说什么", "Turns of each speaker on each topic", layer, chart)


def outlets(view: SavedObject) -> SavedObject:
    """Return the number of interviews per outlet."""
    layer = {
        "outlet": column.top_values("outlet", "媒体", 15, by="interviews"),
        "interviews": column.distinct("interview_id", "访谈篇数"),
    }
    chart = charts.bars("bar_horizontal", across="outlet", counted="interviews")
    return _lens(view, "outlets", "各媒体的访谈", "Number of interviews per outlet", layer, chart)


def characteristic_words(view: SavedObject) -> SavedObject:
    """Return the keywords that each speaker uses far more often than the archive as a whole."""
    layer = {
        "speaker": column.top_values("speaker", "说话人", 10, by="turns"),
        "keyword": column.significant_values("keywords", "特征词", 5),
        "turns": column.turn_count("发言段数"),
    }
    chart = charts.table("speaker", "keyword", "turns")
    description = "Keywords that each speaker uses far more often than the archive as a whole (significant terms)"
    return _lens(view, "characteristic-words", "各人的特征词", description, layer, chart)


def longest_answers(view: SavedObject) -> SavedObject:
    """Return the longest answer of each speaker and interview."""
    layer = {
        "speaker": column.top_values("speaker", "说话人", 15, by="longest"),
        "interview": column.top_values("title", "访谈", 3, by="longest"),
        "longest": column.largest("length", "最长的回答（字）"),
    }
    chart = charts.table("speaker", "interview", "longest")
    return _lens(view, "longest-answers", "最长的回答", "The longest answers, in characters", layer, chart, INTERVIEWEE)


def _lens(
    view: SavedObject,
    name: str,
    title: str,
    description: str,
    layer: Mapping[str, LensColumn],
    chart: tuple[str, dict[str, Any]],
    query: str = "",
) -> SavedObject:
    """Return a panel of one layer; its columns are in the order of grouping, the metric last."""
    kind, visualization = chart
    columns = {"columnOrder": list(layer), "columns": dict(layer), "incompleteColumns": {}}
    state = {
        "visualization": visualization,
        "query": {"query": query, "language": "kuery"},
        "filters": [],
        "datasourceStates": {"formBased": {"layers": {charts.LAYER: columns}}},
        "internalReferences": [],
        "adHocDataViews": {},
    }
    attributes = {"title": title, "description": description, "visualizationType": kind, "state": state}
    reference = Reference(f"indexpattern-datasource-layer-{charts.LAYER}", view.type, view.id)
    return SavedObject("lens", f"{view.id}-{name}", attributes, (reference,))
