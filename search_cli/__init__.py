"""Search an archive of interviews: the Python API (`Archive`) and the `fangtan` command."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from search_cli.archive import Archive

__all__ = ["Archive"]


def __getattr__(name: str) -> object:
    """Import `Archive` on first access: `fangtan --help` does not need it."""
    if name == "Archive":
        from search_cli.archive import Archive

        return Archive
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
