"""What an index run tells of tagged turns: those whose words were changed, or that are gone."""

from typing import TYPE_CHECKING

from indexer.errors import FangtanError
from indexer.language.messages import ngettext
from indexer.settings.folders import TAGS

if TYPE_CHECKING:
    from elasticsearch import Elasticsearch

    from indexer.settings import Settings


def print_lost_tags(settings: "Settings", client: "Elasticsearch") -> None:
    """Write where the tagged turns are now into their file, and print on standard error how many are not found."""
    from search_cli.archive import Archive
    from search_cli.rendering.terminal.error_lines import print_note

    if not settings.data_file(TAGS).exists():
        return
    try:
        found = Archive(settings, client).update_tags()
    except FangtanError as error:  # the run itself is done
        print_note(error.message, error.next_step)
        return
    if found.lost:
        tagged = len(found.turns)
        told = ngettext(
            "{lost} of {number} tagged turn changed or gone.",
            "{lost} of {number} tagged turns changed or gone.",
            tagged,
        )
        print_note(told.format(lost=f"{len(found.lost):,}", number=f"{tagged:,}"), "fangtan tags")
