"""A script to an interview: who speaks which of its lines, and what its head says."""

import re
from collections import Counter
from datetime import date

from indexer.model import Guest, Interview, Role, Turn
from indexer.reading.script import Line, Script

_LABEL = re.compile(r"[\s　]*([^\s：:，。！？,!?“”\"（）()\d][^：:，。！？,!?“”\"（）()]{0,14}?)[\s　]*[：:][\s　]*")
_TAIL = re.compile(r"更多精彩|【?版权声明|责任编辑|本文转自|编辑[：:｜|]")
_LEAD_OUTLET = re.compile(r"([\w《》]{2,12}?)(?:独家)?(?:专访|采访|访谈|对话)了?")
_GUEST = re.compile(
    r"(?:专访|采访|访谈|对话)了?([\w、·]{2,40}?(?:总经理|总裁|创始人|主任|局长|教授|CEO))([一-鿿]{2,4}?)[，,。]"
)


def parse(script: Script) -> Interview:
    """Return the interview a script holds."""
    labels = _believed(script.lines)
    turns = tuple(_turns(script.lines, labels))
    lead = turns[0].text if turns and turns[0].role is Role.NARRATION else ""
    given = dict(script.meta) | dict(script.given)
    guest = _GUEST.search(lead)
    outlet = _LEAD_OUTLET.search(lead)
    return Interview(
        turns=turns,
        title=given.get("title", ""),
        date=date.fromisoformat(given["date"]) if "date" in given else None,
        outlet=given.get("outlet", outlet[1].removeprefix("为此") if outlet else ""),
        guests=(Guest(guest[2], guest[1]),) if guest else (),
        url=given.get("url", ""),
        language="",
    )


def _believed(lines: tuple[Line, ...]) -> set[str]:
    """Return the labels that occur more than once."""
    found = Counter(match[1] for line in lines if (match := _LABEL.match(line.text)))
    return {label for label, count in found.items() if count > 1}


def _turns(lines: tuple[Line, ...], labels: set[str]) -> list[Turn]:
    """Return the turns the labels open."""
    turns: list[Turn] = []
    for line in lines:
        match = _LABEL.match(line.text)
        if _TAIL.match(line.text.strip()) and turns and turns[-1].role is not Role.NARRATION:
            break
        if match and match[1] in labels:
            turns.append(Turn(len(turns) + 1, match[1], Role.OTHER, line.text[match.end() :].strip(), match[1]))
        elif turns:
            last = turns[-1]
            turns[-1] = Turn(
                last.turn, last.speaker, last.role, f"{last.text}\n{line.text.strip()}".strip(), last.label
            )
        else:
            turns.append(Turn(1, "", Role.NARRATION, line.text.strip()))
    return turns
