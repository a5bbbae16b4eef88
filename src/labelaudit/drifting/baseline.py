"""A baseline that is not part of the delivery: another one, or the run folder of one."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from labelaudit.conduct import Floors, conducts
from labelaudit.drift import domain_fault
from labelaudit.model import NUMERIC_SCALES

if TYPE_CHECKING:
    from collections.abc import Mapping

    from labelaudit.annotations import Annotations
    from labelaudit.conduct import Conduct

_MASK = re.compile(r"masked-\d+")
_STRANGE = "label-not-in-domain"


@dataclass(frozen=True, slots=True, eq=False)
class Baseline:
    """The annotations that batches are compared with.

    Attributes
    ----------
    annotations
        Read with the questions of the delivery.
    pseudonymous
        Whether people bear the names of outputs there (a run folder), not their ids.

    """

    annotations: Annotations
    pseudonymous: bool = False

    def conducts(self, floors: Floors) -> Mapping[str, Conduct]:
        """Return the work on each of its questions."""
        return conducts(self.annotations, floors)

    def other_labels(self, conduct: Conduct) -> str | None:
        """Return what a baseline would need whose labels are not those of the question.

        Labels outside the domain count once they are more than the rejected rows that a
        batch may have: a slip of the pen is no other label set.
        """
        question = conduct.question
        if not question.labels or question.scale in NUMERIC_SCALES:
            return None
        rows = sum(file.rows for file in self.annotations.files)
        found = [each for each in self.annotations.rejections if each.reason == _STRANGE]
        limit = self.annotations.project.policy.max_rejected_fraction
        if sum(each.count for each in found) <= limit * rows:
            return None
        strange = {label for each in found for label in each.examples}
        fault = domain_fault([*question.labels, *strange], question.labels)
        return None if fault is None else fault.needs


def is_mask(name: str) -> bool:
    """Say whether a name hides a person, so that it means somebody else in another run.

    Examples
    --------
    >>> is_mask("masked-3"), is_mask("a-c62e0a3dfe8c")
    (True, False)

    """
    return _MASK.fullmatch(name) is not None
