"""The screen of the best hit of each speaker or interview: counts, the hits, how to see the other turns."""

from indexer.language.messages import gettext as _
from indexer.text.printable import plain
from search_cli.rendering.pages.exchange_list import GroupPage, head, next_step
from search_cli.rendering.pages.hits import Layout, hit_lines
from search_cli.rendering.terminal import humanize
from search_cli.rendering.terminal.bars import below_hits
from search_cli.rendering.terminal.styles import Segment, Style, StyledLine, line
from search_cli.rendering.terminal.wrapping import wrap
from search_cli.search.best_hits import BestHit, BestHits


def best_hit_lines(result: BestHits, page: GroupPage) -> list[StyledLine]:
    """Lay out the screen of a page of best hits."""
    lines = [*head(result.counts, result.per, page.width), ()]
    for best in result.found:
        lines += [*hit_lines(best.hit, Layout(page.width, page.full)), *_turns(best, result.per, page.width), ()]
    lines += below_hits(result.counts.facets, page.width)
    if page.hints and result.found:
        lines += next_step(result.found[0].hit.turn.address, result.counts, page.width)
    while lines and not lines[-1]:
        lines.pop()
    return lines


def _turns(best: BestHit, per: str, width: int) -> list[StyledLine]:
    """Lay out how many turns match, and the filter that finds them: 12 turns: --speaker 唐鳳."""
    number = Segment(_("{turns}: ").format(turns=humanize.count(best.turns, "turn")), Style.DIM)
    command = Segment(f"--{per} {plain(humanize.argument(best.value))}", Style.COMMAND)
    return [(Segment("    "), *row) for row in wrap(line(number, command), width - 4)]
