"""Search an archive of interviews: the Python API (`Archive`) and the `fangtan` command."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from search_cli.archive import Archive

__all__ = ["Archive"]


def __getattr__(name: str) -> object:
    """Import `Archive` when it is asked for: `fangtan --help` needs none of it."""
    if name == "Archive":
        from search_cli.archive import Archive

        return Archive
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
