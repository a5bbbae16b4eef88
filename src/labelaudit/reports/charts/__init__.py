"""Charts, drawn with altair for reports, documents, notebooks and the app; they compute nothing.

Each takes results as plain data: dataclasses of the audit, or rows. Nothing is said by colour
alone, and colours are told apart by colour-blind people, on light and dark ground, in print.
"""

from __future__ import annotations

from labelaudit.reports.charts.base import COLOURS, themed, to_svg
from labelaudit.reports.charts.confusion import confusion
from labelaudit.reports.charts.drift import agreement_by_batch, control_chart, label_shares
from labelaudit.reports.charts.general import intervals, lines
from labelaudit.reports.charts.inline import inline_interval
from labelaudit.reports.charts.items import item_risk
from labelaudit.reports.charts.matrix import matrix
from labelaudit.reports.charts.people import annotators
from labelaudit.reports.charts.vendors import vendors

__all__ = [
    "COLOURS",
    "agreement_by_batch",
    "annotators",
    "confusion",
    "control_chart",
    "inline_interval",
    "intervals",
    "item_risk",
    "label_shares",
    "lines",
    "matrix",
    "themed",
    "to_svg",
    "vendors",
]
