"""Colours and measures, light and dark: told apart by colour-blind people, 4.5 to 1 on ground."""

from __future__ import annotations

from labelaudit.reports.charts import COLOURS

_SHARED: dict[str, object] = {
    "theme.baseRadius": "small",
    "theme.buttonRadius": "small",
    "theme.baseFontSize": 15,
    "theme.headingFontSizes": ["1.6rem", "1.25rem", "1.05rem"],
    "theme.headingFontWeights": [600, 600, 600],
    "theme.metricValueFontSize": "1.5rem",
    "theme.paddingTop": "1.5rem",
    "theme.showWidgetBorder": True,
    "theme.chartCategoricalColors": list(COLOURS),
}
_LIGHT = {
    "primaryColor": "#0b5cad",
    "backgroundColor": "#ffffff",
    "secondaryBackgroundColor": "#f4f6f8",
    "textColor": "#1f2328",
    "borderColor": "#d0d7de",
    "linkColor": "#0b5cad",
}
_DARK = {
    "primaryColor": "#1f6fc4",
    "backgroundColor": "#14181d",
    "secondaryBackgroundColor": "#1d232a",
    "textColor": "#e6edf3",
    "borderColor": "#3a424c",
    "linkColor": "#8cc2ff",
}
THEME: dict[str, object] = {
    **_SHARED,
    **{f"theme.light.{name}": value for name, value in _LIGHT.items()},
    **{f"theme.dark.{name}": value for name, value in _DARK.items()},
}
