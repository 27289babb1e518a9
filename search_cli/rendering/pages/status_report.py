"""How things stand, a line a subject: Elasticsearch, the archive, how it was made, the settings."""

from indexer.text.printable import plain
from search_cli.rendering.terminal import humanize
from search_cli.rendering.terminal.styles import Segment, Style, StyledLine, line
from search_cli.rendering.terminal.wrapping import indented
from search_cli.search.archive_status import ArchiveStats, ServerInfo, Status

_LABEL = 16
_MADE_BY = ("dictionary", "topics", "speakers")


def status_lines(standing: Status, width: int) -> list[StyledLine]:
    """Return the lines of `fangtan status`."""
    subjects = [
        ("Elasticsearch", _server(standing.server)),
        ("Archive", _archive(standing)),
        ("Made by", _made_by(standing.holdings)),
        ("Indices", " · ".join(standing.holdings.indices) if standing.holdings else ""),
        ("Settings", _settings(standing)),
    ]
    lines: list[StyledLine] = []
    for subject, text in subjects:
        if text:
            lines += indented(line(plain(text)), width, line(Segment(f" {subject:<{_LABEL - 2}} ", Style.DIM)), _LABEL)
    return lines


def _server(server: ServerInfo | None) -> str:
    """Return where Elasticsearch is: 9.5.3, embedded, http://127.0.0.1:9200, heap 512 MB (34 % used), up 2 h."""
    if server is None:
        return "not running; fangtan starts its own as soon as a command needs it"
    parts = [server.version, "embedded" if server.embedded else f"cluster {server.cluster}", server.url]
    if server.heap_size:
        parts.append(
            f"heap {humanize.size(server.heap_size)} ({humanize.share(server.heap_used / server.heap_size)} used)"
        )
    if server.uptime:
        parts.append(f"up {humanize.span(server.uptime)}")
    return ", ".join(parts)


def _archive(standing: Status) -> str:
    """Return what is indexed: 8 interviews · 96 turns · 12 passages · 1.1 MB."""
    held = standing.holdings
    if held is None:
        return f"nothing is indexed as {standing.index}: fangtan index PATH" if standing.server else ""
    counts = ((held.interviews, "interview"), (held.turns, "turn"), (held.passages, "passage"))
    return " · ".join([*(humanize.count(number, noun) for number, noun in counts), humanize.size(held.size)])


def _made_by(held: ArchiveStats | None) -> str:
    """Return how the archive was made, and whether it would be made so today."""
    if held is None:
        return ""
    parts = [f"{key} {str(held.made_by[key])[:4]}" for key in _MADE_BY if key in held.made_by]
    if held.changed:
        return f"{', '.join(parts)}: since then changed {', '.join(held.changed)}: fangtan index --rebuild"
    if held.behind:
        behind = (
            f"{humanize.count(held.behind, 'interview')} {'is' if held.behind == 1 else 'are'} of another dictionary"
        )
        return f"{', '.join(parts)}: {behind}: fangtan index PATH, with where they came from"
    return f"{', '.join(parts)}: current"


def _settings(standing: Status) -> str:
    """Return where the settings come from."""
    named = "ELASTICSEARCH_URL set" if standing.cluster_set else "ELASTICSEARCH_URL not set"
    return f"{standing.source} ({named}), index {standing.index}"
