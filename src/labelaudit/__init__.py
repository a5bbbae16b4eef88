"""CI for labels: is this batch of annotations good enough, and if not, why?

Importing labelaudit imports nothing heavy: each public name is fetched from its home
the first time it is asked for (PEP 562).
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

from labelaudit.__about__ import __version__

if TYPE_CHECKING:
    from labelaudit.agreements import agreement, annotator_groups
    from labelaudit.annotations.row_schema import schema
    from labelaudit.audit import Audit, run
    from labelaudit.errors import InputError, LabelAuditError, MissingExtraError, UsageError
    from labelaudit.model import Estimate, Finding, Question
    from labelaudit.reading import read
    from labelaudit.reports import charts
    from labelaudit.reports.letters import letter

_HOMES = {
    "Audit": "labelaudit.audit",
    "Estimate": "labelaudit.model",
    "Finding": "labelaudit.model",
    "InputError": "labelaudit.errors",
    "LabelAuditError": "labelaudit.errors",
    "MissingExtraError": "labelaudit.errors",
    "Question": "labelaudit.model",
    "UsageError": "labelaudit.errors",
    "agreement": "labelaudit.agreements",
    "annotator_groups": "labelaudit.agreements",
    "letter": "labelaudit.reports.letters",
    "read": "labelaudit.reading",
    "run": "labelaudit.audit",
    "schema": "labelaudit.annotations.row_schema",
}
_MODULES = {"charts": "labelaudit.reports.charts"}

__all__ = [
    "Audit",
    "Estimate",
    "Finding",
    "InputError",
    "LabelAuditError",
    "MissingExtraError",
    "Question",
    "UsageError",
    "__version__",
    "agreement",
    "annotator_groups",
    "charts",
    "letter",
    "read",
    "run",
    "schema",
]


def __getattr__(name: str) -> object:
    """Fetch a public name from its home, once."""
    if name in _MODULES:
        return import_module(_MODULES[name])
    if name not in _HOMES:
        msg = f"module 'labelaudit' has no attribute '{name}'"
        raise AttributeError(msg)
    value: object = getattr(import_module(_HOMES[name]), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    """List the public names, fetched or not."""
    return sorted(__all__)
