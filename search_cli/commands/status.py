"""`fangtan status`: the server, the contents of the archive, whether it is up to date."""

import os
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from search_cli.commands.output import emit, output_form

if TYPE_CHECKING:
    from indexer.settings import Settings
    from search_cli.search.archive_status import ArchiveStatus, KnowledgeStats

Json = Annotated[bool, typer.Option("--json", help="Print a JSON object.")]


def register(app: typer.Typer) -> None:
    """Add `fangtan status`."""
    app.command(rich_help_panel="Manage")(status)


def status(json: Json = False) -> None:
    """Show the Elasticsearch server, what is indexed, and what the archive knows.

    Names the folder of the archive's topics, speakers, words and synonyms, and
    reports changes of them since it was indexed. Does not start Elasticsearch.

    Examples:
      fangtan status
      fangtan status --json
    """
    from contextlib import nullcontext
    from dataclasses import asdict

    from indexer import settings as environment
    from indexer.language.messages import in_english
    from search_cli.rendering.pages.status_report import status_lines

    settings = environment.load()
    with in_english() if json else nullcontext():
        knowledge = _knowledge(settings)
    archive_status = _status(settings, knowledge)
    emit(
        output_form(json=json),
        screen=lambda width: status_lines(archive_status, width),
        json=lambda: asdict(archive_status),
    )


def _status(settings: "Settings", knowledge: "KnowledgeStats") -> "ArchiveStatus":
    """Return the status without starting the embedded node."""
    from dataclasses import replace

    from indexer.elastic.cluster_addresses import address_faults
    from indexer.elastic.connection import connect, map_errors
    from indexer.elastic.node import manager
    from indexer.elastic.server_info import server_info
    from indexer.indexing.fingerprint import current_meta
    from search_cli.search.archive_status import archive_stats

    nodes = () if settings.url else manager.answering(settings)
    status = _configuration(settings, knowledge)
    if not settings.url and not nodes:
        return status
    with connect(settings) as client, map_errors(settings):
        faults = address_faults(settings) if settings.more_urls else _missing_nodes(settings)
        url = next((url for url, fault in faults.items() if not fault), settings.url or nodes[0].url)
        server = replace(server_info(client, url, embedded=bool(nodes)), addresses=faults)
        now = {} if knowledge.problem else current_meta(settings)
        return replace(status, server=server, holdings=archive_stats(client, settings, now))


def _missing_nodes(settings: "Settings") -> dict[str, str]:
    """Return the addresses of several embedded nodes, and what is wrong with each, in English; {} for a single one."""
    from indexer.elastic.node import paths, state
    from search_cli.rendering.pages.node_status import NONE, NUMBERED

    members = paths.node_paths(settings).members()
    if settings.url or len(members) == 1:
        return {}
    found = {one.number: state.running(one) for one in members}
    return {one.url if one else f"{NUMBERED}{number}": "" if one else NONE for number, one in found.items()}


def _knowledge(settings: "Settings") -> "KnowledgeStats":
    """Return how much is in the files of the archive's knowledge."""
    from indexer.enrich import speakers
    from indexer.enrich.topics import Topics
    from indexer.errors import SettingsError
    from indexer.language.messages import sentences
    from indexer.text import word_list
    from search_cli.query import synonyms
    from search_cli.search.archive_status import KnowledgeStats

    try:
        return KnowledgeStats(
            folder=str(settings.data_file("")),
            topics=len(Topics.load(settings.data_file("topics.toml")).names),
            speakers=len(speakers.load(settings.data_file("speakers.toml")).people),
            words=len(word_list.read(settings.data_file("words.txt"))),
            synonyms=len(synonyms.load(settings.data_file(synonyms.FILE)).of),
        )
    except SettingsError as error:
        return KnowledgeStats(str(settings.data), problem=sentences(error.message, error.next_step))


def _configuration(settings: "Settings", knowledge: "KnowledgeStats") -> "ArchiveStatus":
    """Return the part of the status that no server is asked for; the `.env` by its relative path."""
    from search_cli.search.archive_status import NO_FILE, ArchiveStatus

    found = settings.sources
    file = os.path.relpath(found.file, Path.cwd()) if found.file else NO_FILE
    sources = {name: file if source == str(found.file) else source for name, source in found.of.items()}
    return ArchiveStatus(
        settings.index, file, bool(settings.url), knowledge=knowledge, sources=sources, unused=found.unused
    )
