"""The colours of charts and reports, on light and on dark paper: text has a contrast of 4.5 at least (WCAG 2.2, AA)."""

from collections.abc import Mapping

LIGHT: Mapping[str, str] = {
    "paper": "#ffffff",
    "panel": "#f5f7f9",
    "ink": "#1d2329",
    "quiet": "#59636e",
    "line": "#d5dbe1",
    "link": "#1b5e86",
    "bar": "#2f7296",
    "other": "#a9622a",
    "track": "#e8edf1",
    "mark": "#ffe69a",
    "mark-ink": "#1d2329",
    "heat-0": "#f5f7f9",
    "heat-1": "#e1eef5",
    "heat-2": "#bddbe9",
    "heat-3": "#8cc0d9",
    "heat-4": "#55a0c2",
    "heat-5": "#1c5f82",
    "on-0": "#59636e",
    "on-1": "#1d2329",
    "on-2": "#1d2329",
    "on-3": "#1d2329",
    "on-4": "#12171c",
    "on-5": "#ffffff",
}
DARK: Mapping[str, str] = {
    "paper": "#14181c",
    "panel": "#1c2228",
    "ink": "#e4e8ec",
    "quiet": "#a3adb7",
    "line": "#39424b",
    "link": "#8ac7ea",
    "bar": "#5fa9cd",
    "other": "#dd9a62",
    "track": "#2a323a",
    "mark": "#6a5414",
    "mark-ink": "#fff3cf",
    "heat-0": "#1c2228",
    "heat-1": "#1d3542",
    "heat-2": "#23495d",
    "heat-3": "#2b5f7b",
    "heat-4": "#63abce",
    "heat-5": "#b2e0f5",
    "on-0": "#a3adb7",
    "on-1": "#e4e8ec",
    "on-2": "#e4e8ec",
    "on-3": "#f2f5f7",
    "on-4": "#0c1013",
    "on-5": "#0c1013",
}
FONTS = (
    "system-ui, -apple-system, 'Segoe UI', 'PingFang SC', 'Hiragino Sans GB', 'Microsoft YaHei', 'Noto Sans CJK SC', "
    "'Noto Sans SC', 'Source Han Sans SC', 'WenQuanYi Micro Hei', sans-serif"
)
"""Fonts for Latin letters, then for Simplified Chinese: each system has one of them."""
TRADITIONAL_FONTS = (
    "system-ui, -apple-system, 'Segoe UI', 'PingFang TC', 'Microsoft JhengHei', 'Noto Sans CJK TC', 'Noto Sans TC', "
    "'Source Han Sans TC', 'PingFang SC', 'WenQuanYi Micro Hei', sans-serif"
)
"""The same for Traditional Chinese, whose characters have forms of their own."""


def variables(palette: Mapping[str, str]) -> dict[str, str]:
    """Return the colours of a palette as references to CSS variables of a page: bar is var(--bar)."""
    return {name: f"var(--{name})" for name in palette}
