"""What each speaker does in the conversation."""

from indexer.model import Interview, Role, Turn

ASKING = frozenset({"问", "問", "Q", "记者", "記者", "提问", "提問", "观众", "网友"})
ANSWERING = frozenset({"答", "A"})


def settle(interview: Interview) -> tuple[Role, ...]:
    """Return the role of each turn."""
    labels = {turn.label for turn in interview.turns if turn.label}
    asking = labels & ASKING
    return tuple(_role(turn, asking) for turn in interview.turns)


def _role(turn: Turn, asking: set[str] | frozenset[str]) -> Role:
    """Return the role of one turn."""
    if turn.role is Role.NARRATION or not asking:
        return turn.role
    return Role.INTERVIEWER if turn.label in asking else Role.INTERVIEWEE
