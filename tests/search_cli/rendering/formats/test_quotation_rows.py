"""Checked quotations for other programs."""

import csv
import io
import json

from search_cli.citation import CitationStyle
from search_cli.quotations.attribution import Attribution, named_speakers
from search_cli.quotations.named_people import Person
from search_cli.quotations.quotation import Quotation, QuotationCheck, Verdict
from search_cli.quotations.verify import verify, with_attribution
from search_cli.rendering.formats.csv_rows import csv_table
from search_cli.rendering.formats.json_objects import json_text
from search_cli.rendering.formats.quotation_rows import (
    QUOTATION_COLUMNS,
    quotation_object,
    quotation_rows,
    quotations_object,
)
from tests.support.spoken import turn

FIRST = "与小米的合作……并不是出于变现的考虑"
GOOD = verify(Quotation(FIRST, 3), [turn()], {})
NEAR = with_attribution(
    verify(Quotation("与小米的合做是QQ空间在社交方面的尝试"), [turn()], {}), named_speakers(("邵启年",))
)
ABSENT = QuotationCheck(Quotation("=今天天气很好", 9), Verdict.ABSENT, search=("天气",))


def test_an_object():
    found = json.loads(json_text(quotation_object(GOOD, CitationStyle.GB7714)))
    assert {name: found[name] for name in ("quotation", "line", "kind", "good", "likeness", "said_by")} == {
        "quotation": FIRST, "line": 3, "kind": "verbatim", "good": True, "likeness": 1.0, "said_by": [],
    }  # fmt: skip
    (place,) = found["places"]
    assert (place["address"], place["said"]) == ("qzone-xiaomi#3", FIRST)
    assert place["citation"].startswith("郑志昊. 与小米")
    assert [place["text"][start:end] for start, end in place["spans"]] == ["与小米的合作", "并不是出于变现的考虑"]


def test_changes_are_told_step_by_step():
    found = quotation_object(NEAR, CitationStyle.PLAIN)
    assert found["changes"][:3] == [
        {"what": "kept", "text": "与小米的合"},
        {"what": "dropped", "text": "做"},
        {"what": "added", "text": "作"},
    ]
    assert (found["line"], found["misattributed"], found["good"]) == (None, True, False)


def test_whom_the_article_names_and_whom_the_archive_knows():
    printed = (Person(0, 2, "鄭總", ("郑志昊",)), Person(3, 6, "蔡英文"))
    wrong = with_attribution(verify(Quotation(FIRST), [turn(speaker="邵启年", label="")], {}), Attribution(printed))
    found = quotation_object(wrong, CitationStyle.PLAIN)
    assert {name: found[name] for name in ("attributed_to", "said_by", "unknown_speakers", "good")} == {
        "attributed_to": ("鄭總", "蔡英文"), "said_by": ("郑志昊", "蔡英文"), "unknown_speakers": ("蔡英文",),
        "good": False,
    }  # fmt: skip


def test_all_of_them():
    whole = quotations_object([GOOD, NEAR, ABSENT], CitationStyle.PLAIN)
    assert {name: whole[name] for name in ("verbatim", "near", "absent", "misattributed", "good")} == {
        "verbatim": 1, "near": 1, "absent": 1, "misattributed": 1, "good": False,
    }  # fmt: skip
    assert [one["kind"] for one in whole["quotations"]] == ["verbatim", "near", "absent"]
    assert quotations_object([GOOD], CitationStyle.PLAIN)["good"] is True


def test_a_table():
    table = "".join(csv_table(QUOTATION_COLUMNS, quotation_rows([GOOD, NEAR, ABSENT], CitationStyle.PLAIN)))
    good, near, absent = csv.DictReader(io.StringIO(table))
    assert (good["line"], good["kind"], good["good"], good["address"]) == ("3", "verbatim", "yes", "qzone-xiaomi#3")
    assert near["changes"] == "与小米的合[-做-]{+作+}是QQ空间在社交{+营销+}方面的尝试"
    assert (near["attributed_to"], near["misattributed"], near["speaker"]) == ("邵启年", "yes", "郑志昊")
    assert (near["said_by"], near["unknown_speakers"], good["attributed_to"]) == ("邵启年", "", "")
    assert (absent["quotation"], absent["address"], absent["good"]) == ("'=今天天气很好", "", "no")
