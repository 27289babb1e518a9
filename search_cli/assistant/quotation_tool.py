"""The tool that checks a quotation: what an assistant is about to quote, against what was said."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from search_cli.assistant import tool_answers
from search_cli.assistant.tool_answers import Cuts
from search_cli.assistant.tool_arguments import Parameter
from search_cli.quotations.quotation import QuotationCheck, Verdict
from search_cli.rendering.terminal.humanize import count

if TYPE_CHECKING:
    from search_cli.archive import Archive

_LONGEST = 3000
_MAX_PLACES = 5
_MAX_SAID, _MAX_TEXT = 3000, 1500

PARAMETERS = (
    Parameter("quotation", "The words to check, as you would quote them, without marks.", required=True, most=_LONGEST),
    Parameter("speaker", "Whom you would name as the speaker; checked too."),
)

_ADVICE = {
    Verdict.VERBATIM: "Quote it with the citation.",
    Verdict.NEAR: "Do not quote it: these are not the words. Quote `said`, or report it in your own words.",
    Verdict.ACROSS: "Do not quote it as one: it runs from one turn into another. Quote each turn by itself.",
    Verdict.SPLICED: "Do not quote it as one: its parts are not in this order in one turn. Quote each part by itself.",
    Verdict.ABSENT: "Do not quote it: nobody in this archive says it. Search for what was meant.",
}
_MISATTRIBUTED = "Do not name this speaker: somebody else said it, see places."


def verify_quotation(archive: "Archive", given: Mapping[str, Any]) -> dict[str, Any]:
    """Return the verdict on a quotation, what was said instead, and where."""
    (check,) = archive.quote([given["quotation"]], given["speaker"] or "")
    cuts = Cuts()
    room = tool_answers.share_of_room(_MAX_PLACES, _MAX_TEXT)
    places = [
        {
            **tool_answers.turn_object(place.turn, room, cuts, place.spans),
            "said": place.text[:_MAX_SAID],
        }
        for place in check.places[:_MAX_PLACES]
    ]
    others = check.turns - len(places)
    if others > 0 and check.kind is Verdict.VERBATIM:
        cuts.add(f"{count(others, 'more turn')} with it: search for its words in double quotes.")
    return tool_answers.answer(
        cuts,
        verdict=str(check.kind),
        may_be_quoted=check.good,
        advice=_advice(check),
        likeness=round(check.likeness, 3),
        punctuation_differs=check.punctuation,
        changes=[{"what": one.what, "text": one.text[:_MAX_SAID]} for one in check.changes],
        attributed_to=tool_answers.names(check.attributed_to),
        misattributed=check.misattributed,
        unknown_speakers=tool_answers.names(check.unknown_speakers),
        places=places,
        search=tool_answers.names(check.search),
    )


def _advice(check: QuotationCheck) -> str:
    if check.misattributed and check.kind is Verdict.VERBATIM:
        return _MISATTRIBUTED
    return _ADVICE[check.kind]
