"""The shelf of reports: each a module with `render(documents) -> str`.

To add one, write the module and name it in `RUN_REPORTS`. It is told what a run folder says and
can be had of a finished run, of `labelaudit audit` and of `labelaudit gate`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from labelaudit.reports import github_annotations, github_summary, gitlab, json_report, junit, sarif
from labelaudit.reports.documents import documents

if TYPE_CHECKING:
    from collections.abc import Callable

    from labelaudit.audit import Audit
    from labelaudit.reports.documents import Documents


def _html(told: Documents) -> str:
    from labelaudit.reports import html_report

    return html_report.render(told)


RUN_REPORTS: dict[str, Callable[[Documents], str]] = {
    "html": _html,
    "json": json_report.render,
    "junit": junit.render,
    "sarif": sarif.render,
    "gitlab": gitlab.render,
    "github-summary": github_summary.render,
    "github-annotations": github_annotations.render,
}
"""The reports that need no more than the documents of a run."""

AUDIT_ONLY = ("text", "markdown")
"""The reports that need the delivery: they show what a run folder leaves to its tables."""


def _text(audit: Audit) -> str:
    from labelaudit.reports import text_report

    return text_report.render(audit)


def _markdown(audit: Audit) -> str:
    from labelaudit.reports import markdown_report

    return markdown_report.render(audit)


def _of_audit(render: Callable[[Documents], str]) -> Callable[[Audit], str]:
    return lambda audit: render(documents(audit))


REPORTS: dict[str, Callable[[Audit], str]] = {
    "text": _text,
    "markdown": _markdown,
    **{name: _of_audit(render) for name, render in RUN_REPORTS.items()},
}
"""Every report, of an audit."""

__all__ = ["AUDIT_ONLY", "REPORTS", "RUN_REPORTS"]
