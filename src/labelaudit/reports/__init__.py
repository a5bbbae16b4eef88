"""The shelf of reports: each a module with `render(audit) -> str`.

To add one, write the module and name it in `REPORTS`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from labelaudit.reports import json_report, markdown_report, text_report

if TYPE_CHECKING:
    from collections.abc import Callable

    from labelaudit.audit import Audit

REPORTS: dict[str, Callable[[Audit], str]] = {
    "text": text_report.render,
    "markdown": markdown_report.render,
    "json": json_report.render,
}

__all__ = ["REPORTS"]
