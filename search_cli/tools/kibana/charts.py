"""The visualizations of a Lens layer: bars, a tag cloud, a heat map, a table."""

from typing import Any

LAYER = "layer"
"""The id of the only layer of each panel."""

_LAYER = {"layerId": LAYER, "layerType": "data"}


def bars(series: str, across: str, counted: str, split: str = "") -> tuple[str, dict[str, Any]]:
    """Return bars of the column `counted` along `across`, coloured by `split`; `series` is the series type of Lens."""
    layer = {**_LAYER, "seriesType": series, "xAccessor": across, "accessors": [counted]}
    if split:
        layer["splitAccessor"] = split
    return "lnsXY", {
        "preferredSeriesType": series,
        "legend": {"isVisible": bool(split), "position": "right", "maxLines": 1, "shouldTruncate": True},
        "valueLabels": "hide" if split else "show",
        "fittingFunction": "None",
        "axisTitlesVisibilitySettings": {"x": False, "yLeft": True, "yRight": False},
        "tickLabelsVisibilitySettings": {"x": True, "yLeft": True, "yRight": True},
        "gridlinesVisibilitySettings": {"x": False, "yLeft": True, "yRight": True},
        "layers": [layer],
    }


def cloud(tag: str, size: str) -> tuple[str, dict[str, Any]]:
    """Return a tag cloud of the column `tag`, sized by the column `size`."""
    return "lnsTagcloud", {
        **_LAYER,
        "tagAccessor": tag,
        "valueAccessor": size,
        "minFontSize": 14,
        "maxFontSize": 48,
        "orientation": "single",
        "showLabel": False,
        "palette": {"type": "palette", "name": "default"},
    }


def heat_map(across: str, down: str, heat: str) -> tuple[str, dict[str, Any]]:
    """Return a heat map of two grouping columns, each cell coloured by the column `heat`."""
    return "lnsHeatmap", {
        **_LAYER,
        "shape": "heatmap",
        "xAccessor": across,
        "yAccessor": down,
        "valueAccessor": heat,
        "legend": {"isVisible": True, "position": "right", "type": "heatmap_legend"},
        "gridConfig": {
            "type": "heatmap_grid",
            "isCellLabelVisible": True,
            "isXAxisLabelVisible": True,
            "isYAxisLabelVisible": True,
            "isXAxisTitleVisible": False,
            "isYAxisTitleVisible": False,
        },
    }


def table(*columns: str) -> tuple[str, dict[str, Any]]:
    """Return a table of `columns`, from left to right."""
    return "lnsDatatable", {**_LAYER, "columns": [{"columnId": column} for column in columns]}
