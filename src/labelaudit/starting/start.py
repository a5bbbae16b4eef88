"""What a starting policy holds."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from labelaudit.model import Nature, VerdictName


@dataclass(frozen=True, slots=True)
class Start:
    """The numbers of a policy, and what `init` writes beside them.

    Attributes
    ----------
    agreement, gold
        Floor and target, None where there is no floor.
    nature
        What the policy takes disagreement for.
    gold_is_needed
        Whether the policy is of no use without gold.
    checks
        Keys of single checks, by check.

    """

    agreement: tuple[float, float] | None
    gold: tuple[float, float] | None
    nature: Nature = "objective"
    on_inconclusive: VerdictName = "review"
    max_rejected_fraction: float = 0.01
    consumer_risk: float = 0.05
    producer_risk: float = 0.10
    gold_is_needed: bool = False
    checks: tuple[tuple[str, str], ...] = ()


class Starting(Protocol):
    """A module on the shelf: its docstring is its page."""

    NAME: str
    START: Start
    __doc__: str | None
