"""What documents for reading say of a turn and its interview beside the text."""

from search_cli.export.content import ExportContent
from search_cli.models import Hit, SpokenTurn
from search_cli.rendering.terminal.humanize import UNNAMED, count, role


def expected(content: ExportContent) -> str:
    """Return how many turns follow."""
    return count(content.total, "turn")


def speaker_head(turn: SpokenTurn) -> tuple[str, str]:
    """Return who speaks, and role and affiliation in brackets: 郑志昊, （受访，腾讯副总裁）; 旁白 where nobody does."""
    of_role = role(turn.role)
    name = turn.name or of_role or UNNAMED
    known = "，".join(part for part in (of_role, turn.affiliation) if part and part != name)
    return name, f"（{known}）" if known else ""


def about_interview(turn: SpokenTurn) -> str:
    """Return outlet, date and source of an interview: 搜狐IT · 2013-08-02 · data/interviews/qzone-xiaomi.txt."""
    return " · ".join(part for part in (turn.outlet, turn.date, turn.source) if part)


def tags_note(hit: Hit) -> str:
    """Return the tags and the note that people gave a turn: 标 信任 · 价格 再核对, "" if there are none."""
    known = " ".join(part for part in (" · ".join(hit.tags), hit.note) if part)
    return f"标 {known}" if known else ""
