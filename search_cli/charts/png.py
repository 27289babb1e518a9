"""Drawings as PNG. Needs resvg and a Chinese font, optional dependencies (`pip install 'fangtan[pictures]'`)."""

from pathlib import Path

from indexer.errors import UsageError
from indexer.language.messages import gettext as _
from search_cli.charts.drawing import Drawing
from search_cli.charts.svg import svg_file

SCALE = 2.0
"""Pixels of the file for one of the drawing: sharp on screens of twice the density, and in print."""

_LONGEST = 16_000
"""Pixels of a side at most: a picture takes four bytes of memory for each."""

_FONT = "NotoSansSC-Regular.otf"
_FAMILY = "Noto Sans SC"


def png_file(drawing: Drawing) -> bytes:
    """Return a drawing as a PNG file, the same on every machine; raise `UsageError` without the extra `pictures`."""
    try:
        import pylopdf_fonts_zh_cn
        import resvg_py
    except ImportError as error:
        raise UsageError(
            _("A PNG needs resvg and a Chinese font, which are not installed."),
            _("pip install 'fangtan[pictures]', or write an SVG: --svg FILE.svg"),
        ) from error
    _check_size(drawing)
    font = Path(pylopdf_fonts_zh_cn.__file__).with_name(_FONT)
    return resvg_py.svg_to_bytes(
        svg_string=svg_file(drawing, f"'{_FAMILY}'"),
        zoom=SCALE,
        skip_system_fonts=True,
        font_files=[str(font)],
        font_family=_FAMILY,
        languages=["zh-Hans"],
    )


def _check_size(drawing: Drawing) -> None:
    """Raise `UsageError` for a picture that would be too large."""
    longest = SCALE * max(drawing.width, drawing.height)
    if longest > _LONGEST:
        raise UsageError(
            _("The picture would have a side of {number} pixels.").format(number=f"{longest:,.0f}"),
            _("Show fewer values (-n), or write an SVG."),
        )
