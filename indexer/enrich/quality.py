"""Whether a transcript was understood: where little of it was taken for somebody's words, a person should look."""

from indexer.model import Interview

LEAST_SPOKEN = 0.5
"""Share of the characters that turns with a speaker have in a transcript that was understood. Measured: of 260 real
interviews and meetings four are below it, all of them minutes in which nobody speaks (0.00); the others have 0.85 and
more, a short talk under a long lead 0.80, a page about transcripts 0.28."""


def unsure(interview: Interview) -> bool:
    """Tell whether less than `LEAST_SPOKEN` of what was read is somebody's words, the rest narration."""
    spoken = sum(len(turn.text) for turn in interview.turns if turn.speaker)
    return spoken < LEAST_SPOKEN * sum(len(turn.text) for turn in interview.turns)
