"""Write charts: the options `--svg` and `--png`, which take the place of a screen."""

import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from indexer.errors import UsageError
from indexer.language.messages import gettext as _
from search_cli.commands.output import OutputForm, write_bytes

if TYPE_CHECKING:
    from search_cli.charts.drawing import Drawing

_PANEL = "Output"

Svg = Annotated[
    Path | None,
    typer.Option("--svg", metavar="FILE", help="Draw a chart to an SVG file.", rich_help_panel=_PANEL),
]
Png = Annotated[
    Path | None,
    typer.Option(
        "--png",
        metavar="FILE",
        help="Draw a chart to a PNG file; needs: pip install 'fangtan\\[pictures]'.",
        rich_help_panel=_PANEL,
    ),
]


def check_charts(form: OutputForm, svg: Path | None, png: Path | None) -> None:
    """Raise `UsageError` for a chart together with another form."""
    if form is not OutputForm.SCREEN and (svg or png):
        option = "--svg" if svg else "--png"
        raise UsageError(
            _("{first} and {second} cannot be combined.").format(first=option, second=form), _("Choose one of them.")
        )


def write_charts(drawing: "Callable[[], Drawing]", svg: Path | None, png: Path | None) -> bool:
    """Write a chart to the files that were named; return false if none was."""
    if svg is None and png is None:
        return False
    chart = drawing()
    if png is not None:  # first: a missing extra leaves no half of what was asked for
        from search_cli.charts.png import png_file

        _write(png, png_file(chart))
    if svg is not None:
        from search_cli.charts.svg import svg_file

        _write(svg, svg_file(chart).encode())
    return True


def _write(path: Path, content: bytes) -> None:
    if str(path) == "-":
        sys.stdout.buffer.write(content)
    else:
        write_bytes(path, [content])
