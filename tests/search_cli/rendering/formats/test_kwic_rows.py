"""Concordances and collocates for other programs."""

import json

from search_cli.rendering.formats.csv_rows import csv_table
from search_cli.rendering.formats.json_objects import json_text
from search_cli.rendering.formats.kwic_rows import (
    COLLOCATE_COLUMNS,
    OCCURRENCE_COLUMNS,
    collocate_row,
    collocates_object,
    concordance_object,
    occurrence_object,
    occurrence_row,
)
from tests.support.concordances import COLLOCATES, collocates, concordance, occurrence


def test_a_concordance():
    line = occurrence("=与\n", "小米", '合作"好"')
    assert list(occurrence_object(line)) == list(OCCURRENCE_COLUMNS)
    assert json.loads(json_text(occurrence_object(line)))["left"] == "=与\n"
    header, first = csv_table(OCCURRENCE_COLUMNS, [occurrence_row(line)])
    assert header == ",".join(OCCURRENCE_COLUMNS) + "\n"
    assert first.startswith('"\'=与\n",小米,"合作""好""",郑志昊,interviewee,2013-08-02,qzone-xiaomi#3,')
    whole = concordance_object(concordance(line))
    assert whole["lines"] == [occurrence_object(line)]
    assert (whole["query"], whole["occurrences"], whole["words"], whole["sort"]) == ("小米", 1, ("小米",), "position")


def test_collocates():
    parsed = json.loads(json_text(collocates_object(collocates(*COLLOCATES))))
    assert parsed["query"] == "小米"
    assert parsed["near_words"] == 128
    assert list(parsed["collocates"][0]) == list(COLLOCATE_COLUMNS)
    header, first, *_ = csv_table(COLLOCATE_COLUMNS, map(collocate_row, COLLOCATES))
    assert header == "word,near,left,right,all,expected,score\n"
    assert first == "合作,5,0,5,6,0.0735,38.83\n"
