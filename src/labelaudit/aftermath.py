"""What follows from the measures: consensus labels, what to review, what to send back.

Everything here is in addition to verdicts and findings, and changes neither.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from labelaudit.agreed import Agreed, ModelAgreement, agreed, models
from labelaudit.listing import Listing
from labelaudit.queue import Item, Ranking, RelabelPlan
from labelaudit.scorecards import (
    ConfusedPair,
    VendorComparison,
    confused_pairs,
    staff,
    vendor_comparisons,
)

if TYPE_CHECKING:
    from collections.abc import Mapping

    from labelaudit.annotations import Annotations
    from labelaudit.conduct import Conduct
    from labelaudit.settings import Project


@dataclass(frozen=True, slots=True)
class Aftermath:
    """What follows from an audit, question by question.

    Attributes
    ----------
    consensus
        Majority, Dawid-Skene and MACE beside each other, and against gold.
    models
        Each model against people's consensus, then against each person.
    items
        Units to look at or to label again, riskiest first.
    plans
        What relabeling would bring.
    vendors
        Every two vendors on the items they share.
    confusions
        Which two labels are confused most.
    staff
        Who answered for each vendor.

    """

    consensus: Listing[Agreed]
    models: Listing[ModelAgreement]
    items: Listing[Item]
    plans: Listing[RelabelPlan]
    vendors: Listing[VendorComparison]
    confusions: Listing[ConfusedPair]
    staff: Mapping[str, tuple[str, ...]]


def aftermath(
    annotations: Annotations, conducts: Mapping[str, Conduct], project: Project, seed: int
) -> Aftermath:
    """Return what follows from the answers to every question."""
    people = list(conducts.values())
    rankings = [
        Ranking(conduct, project.queue, project.relabel, [seed, number])
        for number, conduct in enumerate(people)
    ]
    compared = (found for conduct in people for found in vendor_comparisons(conduct))
    beside = (models(annotations, number, conduct) for number, conduct in enumerate(people))
    return Aftermath(
        consensus=Listing(Agreed, (line for conduct in people for line in agreed(conduct))),
        models=Listing(ModelAgreement, (line for of_one in beside for line in of_one)),
        items=Listing(Item, (item for ranking in rankings for item in ranking.items())),
        plans=Listing(RelabelPlan, (ranking.plan() for ranking in rankings)),
        vendors=Listing(VendorComparison, compared),
        confusions=Listing(
            ConfusedPair, (pair for conduct in people for pair in confused_pairs(conduct))
        ),
        staff=staff(annotations.tallies, annotations.people.name),
    )
