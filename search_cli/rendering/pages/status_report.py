"""The page of `fangtan status`: Elasticsearch, the archive, its data files, the settings."""

from pathlib import Path

from indexer.elastic.server_info import ServerInfo
from indexer.language.messages import gettext as _
from indexer.language.messages import gettext_noop, ngettext, pgettext
from indexer.settings.sources import ENVIRONMENT
from indexer.store.mapping import TOPICS_CHANGED, vector_info
from indexer.text.printable import plain
from search_cli.rendering.pages.node_status import NUMBERED
from search_cli.rendering.terminal import humanize
from search_cli.rendering.terminal.styles import Segment, Style, StyledLine, line, padded
from search_cli.rendering.terminal.wrapping import indented
from search_cli.search.archive_status import NO_FILE, ArchiveStats, ArchiveStatus, KnowledgeStats

_LABEL = 16
_MADE_BY = {
    "dictionary": gettext_noop("dictionary"),
    "topics": gettext_noop("topics"),
    "speakers": gettext_noop("speakers"),
}


def status_lines(status: ArchiveStatus, width: int) -> list[StyledLine]:
    """Return the lines of `fangtan status`."""
    subjects = [
        ("Elasticsearch", _server(status.server)),
        (_("Archive"), _archive(status)),
        (_("Knowledge"), _knowledge(status.knowledge)),
        (_("Made by"), _made_by(status)),
        (_("Vectors"), _vectors(status.holdings)),
        (_("Overrides"), _overrides(status.holdings)),
        (_("Indices"), " · ".join(status.holdings.indices) if status.holdings else ""),
        (_("Settings"), _settings(status)),
    ]
    lines: list[StyledLine] = []
    for subject, text in subjects:
        if text:
            label = Segment(f" {padded(subject, _LABEL - 2)} ", Style.DIM)
            lines += indented(line(plain(text)), width, line(label), _LABEL)
    return lines


def _server(server: ServerInfo | None) -> str:
    """Describe the server: 9.5.3, embedded, http://127.0.0.1:9200, heap 512 MB (34 % used), up 2 h."""
    if server is None:
        return _("not running; fangtan starts its own as soon as a command needs it")
    cluster = _("cluster {name}").format(name=server.cluster)
    parts = [server.version, _("embedded") if server.embedded else cluster]
    parts += [_address(*one) for one in (server.addresses or {server.url: ""}).items()]
    if server.heap_size:
        share = humanize.share(server.heap_used / server.heap_size)
        parts.append(_("heap {size} ({share} used)").format(size=humanize.size(server.heap_size), share=share))
    if server.uptime:
        parts.append(_("up {span}").format(span=humanize.span(server.uptime)))
    return pgettext("clauses", ", ").join(parts)


def _address(url: str, fault: str) -> str:
    """Describe an address, or an embedded node without one, as `fangtan status --json` has it: node 2."""
    number = url.removeprefix(NUMBERED)
    shown = url if number == url else _("node {number}").format(number=number)
    return _("{address} ({fault})").format(address=shown, fault=_(fault)) if fault else shown


def _archive(status: ArchiveStatus) -> str:
    """Describe the contents: 8 interviews · 96 turns · 12 passages · 1.1 MB."""
    held = status.holdings
    if held is None:
        nothing = _("nothing is indexed as {index}: fangtan index PATH").format(index=status.index)
        return nothing if status.server else ""
    counts = ((held.interviews, "interview"), (held.turns, "turn"), (held.passages, "passage"))
    return " · ".join([*(humanize.count(number, noun) for number, noun in counts), humanize.size(held.size)])


def _knowledge(known: KnowledgeStats | None) -> str:
    """Describe what people told about the archive, and where: 80 topics · 3 speakers · 0 words · …, in FOLDER."""
    if known is None or known.problem:
        return known.problem if known else ""
    counts = ((known.topics, "topic"), (known.speakers, "speaker"), (known.words, "word"), (known.synonyms, "synonym"))
    held = " · ".join(humanize.count(number, noun) for number, noun in counts)
    return _("{counts}, in {folder}").format(counts=held, folder=_short(known.folder))


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
    keys = [key for key in _MADE_BY if held.made_by.get(key)]
    files = _(", ").join(f"{_(_MADE_BY[key])} {str(held.made_by[key])[:4]}" for key in keys)
    if status.knowledge and status.knowledge.problem:
        return files
    if held.changed:
        command = "fangtan topics apply" if held.changed == (TOPICS_CHANGED,) else "fangtan index --rebuild"
        changed = _("{files}; changed since: {changes}: {command}")
        return changed.format(files=files, changes=_(", ").join(map(_, held.changed)), command=command)
    if held.behind:
        return ngettext(
            "{files}; {number} interview has another dictionary: fangtan index PATH, with their folder",
            "{files}; {number} interviews have another dictionary: fangtan index PATH, with their folder",
            held.behind,
        ).format(files=files, number=f"{held.behind:,}")
    if held.speakers_changed:
        return _("{files}; the speakers (speakers.toml) changed since: fangtan speakers apply").format(files=files)
    return _("{files}: current").format(files=files)


def _vectors(held: ArchiveStats | None) -> str:
    """Describe the vectors: 281 turns, bge-small-zh-v1.5; or 120 of 281 turns."""
    info = vector_info(held.made_by) if held else None
    if held is None or info is None:
        return ""
    told = _("{number} of {turns}, {model}") if held.vectors < held.turns else _("{turns}, {model}")
    text = told.format(number=f"{held.vectors:,}", turns=humanize.count(held.turns, "turn"), model=info.model)
    unused = _("{vectors}; not complete, so search does not use them yet: fangtan embed")
    return text if info.complete else unused.format(vectors=text)


def _overrides(held: ArchiveStats | None) -> str:
    """Describe how many interviews have metadata of `fangtan index --meta`, which later runs keep."""
    if held is None or not held.given:
        return ""
    return ngettext(
        "{number} interview has metadata given with --meta, which later runs keep; KEY= removes it:"
        " fangtan index PATH --meta KEY=",
        "{number} interviews have metadata given with --meta, which later runs keep; KEY= removes it:"
        " fangtan index PATH --meta KEY=",
        held.given,
    ).format(number=f"{held.given:,}")


def _settings(status: ArchiveStatus) -> str:
    """Describe where the settings come from: index fangtan · .env: ELASTICSEARCH_URL · environment: FANGTAN_WORKERS."""
    parts = [_("index {index}").format(index=status.index)]
    if status.source not in status.sources.values():
        default = _("{file}: all by default").format(file=status.source)
        parts.append(_("no .env") if status.source == NO_FILE else default)
    for source in sorted(set(status.sources.values()), key=lambda source: source == ENVIRONMENT):
        names = sorted(name for name, place in status.sources.items() if place == source)
        shown = _(source) if source in {ENVIRONMENT, NO_FILE} else source
        parts.append(_("{source}: {names}").format(source=shown, names=_(", ").join(names)))
    if status.unused:
        unused = _("not sent: {names}, for the address in {file}")
        parts.append(unused.format(names=_(", ").join(status.unused), file=status.source))
    return " · ".join(parts)
