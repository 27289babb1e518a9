"""The page of `fangtan status`: Elasticsearch, the archive, its data files, the settings."""

from pathlib import Path

from indexer.elastic.server_info import ServerInfo
from indexer.settings.sources import ENVIRONMENT
from indexer.store.mapping import TOPICS_CHANGED, vector_info
from indexer.text.printable import plain
from search_cli.rendering.terminal import humanize
from search_cli.rendering.terminal.styles import Segment, Style, StyledLine, line
from search_cli.rendering.terminal.wrapping import indented
from search_cli.search.archive_status import NO_FILE, ArchiveStats, ArchiveStatus, KnowledgeStats

_LABEL = 16
_MADE_BY = ("dictionary", "topics", "speakers")


def status_lines(status: ArchiveStatus, width: int) -> list[StyledLine]:
    """Return the lines of `fangtan status`."""
    subjects = [
        ("Elasticsearch", _server(status.server)),
        ("Archive", _archive(status)),
        ("Knowledge", _knowledge(status.knowledge)),
        ("Made by", _made_by(status)),
        ("Vectors", _vectors(status.holdings)),
        ("Overrides", _overrides(status.holdings)),
        ("Indices", " · ".join(status.holdings.indices) if status.holdings else ""),
        ("Settings", _settings(status)),
    ]
    lines: list[StyledLine] = []
    for subject, text in subjects:
        if text:
            lines += indented(line(plain(text)), width, line(Segment(f" {subject:<{_LABEL - 2}} ", Style.DIM)), _LABEL)
    return lines


def _server(server: ServerInfo | None) -> str:
    """Describe the server: 9.5.3, embedded, http://127.0.0.1:9200, heap 512 MB (34 % used), up 2 h."""
    if server is None:
        return "not running; fangtan starts its own as soon as a command needs it"
    parts = [server.version, "embedded" if server.embedded else f"cluster {server.cluster}"]
    parts += [f"{url} ({fault})" if fault else url for url, fault in (server.addresses or {server.url: ""}).items()]
    if server.heap_size:
        parts.append(
            f"heap {humanize.size(server.heap_size)} ({humanize.share(server.heap_used / server.heap_size)} used)"
        )
    if server.uptime:
        parts.append(f"up {humanize.span(server.uptime)}")
    return ", ".join(parts)


def _archive(status: ArchiveStatus) -> str:
    """Describe the contents: 8 interviews · 96 turns · 12 passages · 1.1 MB."""
    held = status.holdings
    if held is None:
        return f"nothing is indexed as {status.index}: fangtan index PATH" if status.server else ""
    counts = ((held.interviews, "interview"), (held.turns, "turn"), (held.passages, "passage"))
    return " · ".join([*(humanize.count(number, noun) for number, noun in counts), humanize.size(held.size)])


def _knowledge(known: KnowledgeStats | None) -> str:
    """Describe what people told about the archive, and where: 80 topics · 3 speakers · 0 words · …, in FOLDER."""
    if known is None or known.problem:
        return known.problem if known else ""
    counts = ((known.topics, "topic"), (known.speakers, "speaker"), (known.words, "word"), (known.synonyms, "synonym"))
    return f"{' · '.join(humanize.count(number, noun) for number, noun in counts)}, in {_short(known.folder)}"


def _short(folder: str) -> str:
    """Return a path as it is typed: relative below the current folder, with ~ below the home folder."""
    path = Path(folder)
    if path.is_relative_to(Path.cwd()):
        return str(path.relative_to(Path.cwd()))
    return f"~/{path.relative_to(Path.home()).as_posix()}" if path.is_relative_to(Path.home()) else folder


def _made_by(status: ArchiveStatus) -> str:
    """Describe the data files that the archive was indexed with, and whether they are current."""
    held = status.holdings
    if held is None:
        return ""
    files = ", ".join(f"{key} {str(held.made_by[key])[:4]}" for key in _MADE_BY if held.made_by.get(key))
    if status.knowledge and status.knowledge.problem:
        return files
    if held.changed:
        command = "fangtan topics apply" if held.changed == (TOPICS_CHANGED,) else "fangtan index --rebuild"
        return f"{files}; changed since: {', '.join(held.changed)}: {command}"
    if held.behind:
        have = "interview has" if held.behind == 1 else "interviews have"
        return f"{files}; {held.behind:,} {have} another dictionary: fangtan index PATH, with their folder"
    if held.speakers_changed:
        return f"{files}; the speakers (speakers.toml) changed since: fangtan speakers apply"
    return f"{files}: current"


def _vectors(held: ArchiveStats | None) -> str:
    """Describe the vectors: 281 turns, bge-small-zh-v1.5; or 120 of 281 turns."""
    info = vector_info(held.made_by) if held else None
    if held is None or info is None:
        return ""
    some = f"{held.vectors:,} of " if held.vectors < held.turns else ""
    text = f"{some}{humanize.count(held.turns, 'turn')}, {info.model}"
    return text if info.complete else f"{text}; not complete, so search does not use them yet: fangtan embed"


def _overrides(held: ArchiveStats | None) -> str:
    """Describe how many interviews have metadata of `fangtan index --meta`, which later runs keep."""
    if held is None or not held.given:
        return ""
    have = "1 interview has" if held.given == 1 else f"{held.given:,} interviews have"
    return f"{have} metadata given with --meta, which later runs keep; KEY= removes it: fangtan index PATH --meta KEY="


def _settings(status: ArchiveStatus) -> str:
    """Describe where the settings come from: index fangtan · .env: ELASTICSEARCH_URL · environment: FANGTAN_WORKERS."""
    parts = [f"index {status.index}"]
    if status.source not in status.sources.values():
        parts.append("no .env" if status.source == NO_FILE else f"{status.source}: all by default")
    for source in sorted(set(status.sources.values()), key=lambda source: source == ENVIRONMENT):
        names = sorted(name for name, place in status.sources.items() if place == source)
        parts.append(f"{source}: {', '.join(names)}")
    if status.unused:
        parts.append(f"not sent: {', '.join(status.unused)}, for the address in {status.source}")
    return " · ".join(parts)
