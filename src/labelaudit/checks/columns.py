"""What checks of optional columns share: one answer where a delivery does not have them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from labelaudit.checks.batches import unseen
from labelaudit.drifting import Fault

if TYPE_CHECKING:
    from labelaudit.checks.evidence import Evidence
    from labelaudit.model import Finding


def lacking(check: str, evidence: Evidence, *names: str) -> Finding | None:
    """Return that a check cannot look, where none, or not all, of these columns are mapped."""
    columns = evidence.annotations.project.columns
    missing = [name for name in names if not getattr(columns, name, None)]
    if not missing:
        return None
    listed = " and ".join(missing)
    return unseen(check, Fault(f"no {listed} column", f"{listed} under [columns]"))
