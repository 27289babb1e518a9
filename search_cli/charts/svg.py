"""Drawings as SVG: a file of its own, or the mark-up of one inside a page."""

from typing import TYPE_CHECKING

from indexer.language import messages
from indexer.language.languages import Language
from search_cli.charts import palette
from search_cli.charts.drawing import Drawing, kind_of, width_of
from search_cli.charts.environment import environment
from search_cli.rendering.terminal.wrapping import clip

if TYPE_CHECKING:
    from markupsafe import Markup

PADDING, HEAD, NOTE = 24, 52, 20
"""Pixels of a file around a drawing, above it for its title, and for each note below it."""

_HEADLINE = 8.4
"""Pixels of a column of the title."""

_PACKAGE = "search_cli.charts"


def svg_file(drawing: Drawing, fonts: str = "") -> str:
    """Return a drawing as an SVG file: its title above it, its notes below, on light paper."""
    is_traditional = messages.language() is Language.TRADITIONAL
    own_fonts = palette.TRADITIONAL_FONTS if is_traditional else palette.FONTS
    styles = {
        "colors": palette.LIGHT,
        "fonts": fonts or own_fonts,
        "language": Language.TRADITIONAL if is_traditional else Language.SIMPLIFIED,
    }
    template = environment(_PACKAGE).get_template("file.svg.j2")
    width = max(drawing.width, *map(width_of, (drawing.description, *drawing.notes)))
    size = {"padding": PADDING, "head": HEAD, "note": NOTE, "width": width + 2 * PADDING}
    headline = clip(drawing.title, int(width / _HEADLINE))
    return template.render(drawing=drawing, headline=headline, kind_of=kind_of, **styles, **size) + "\n"


def svg_element(drawing: Drawing, name: str) -> "Markup":
    """Return a drawing as an element of a page, whose style sheet has its colours; `name` begins its ids."""
    from markupsafe import Markup

    template = environment(_PACKAGE).get_template("element.svg.j2")
    # rendered with everything in it escaped
    return Markup(template.render(drawing=drawing, kind_of=kind_of, name=name))  # noqa: S704


def chart_styles() -> str:
    """Return the style sheet of the charts of a page, by its variables."""
    template = environment(_PACKAGE).get_template("chart.css.j2")
    return template.render(colors=palette.variables(palette.LIGHT))
