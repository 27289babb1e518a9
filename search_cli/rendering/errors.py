"""An error as a person reads it: what went wrong, then what to try. On standard error, made safe for a terminal."""

from indexer.errors import FangtanError, QueryError


def tell(error: FangtanError) -> None:
    """Print the error and its next step."""
    from search_cli.rendering.console import err, plain

    console = err()
    console.print(f"Error: {plain(error.message)}", soft_wrap=True)
    if isinstance(error, QueryError):
        from rich.cells import cell_len

        console.print(f"  {plain(error.query)}", soft_wrap=True)
        console.print("  " + " " * cell_len(plain(error.query[: error.position])) + "^", soft_wrap=True)
    if error.next_step:
        console.print(f"Try: {plain(error.next_step)}", soft_wrap=True)
