"""The whole flow on one screen: annotations -> measures -> findings -> verdicts -> Audit."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from labelaudit.aftermath import aftermath
from labelaudit.annotations import Annotations
from labelaudit.annotators import Annotator, gathered
from labelaudit.baselines import open_baseline
from labelaudit.checks import CHECKS, Evidence, counted_only, look_at
from labelaudit.checks.people import floors
from labelaudit.conduct import conducts
from labelaudit.drifting import Baseline, Series, courses, series
from labelaudit.listing import Listing
from labelaudit.measure import measure
from labelaudit.model import BatchVerdict, Estimate, Finding
from labelaudit.project import fingerprint
from labelaudit.verdict import judge, thresholds

if TYPE_CHECKING:
    from collections.abc import Sequence

    from labelaudit.aftermath import Aftermath
    from labelaudit.agreed import Agreed
    from labelaudit.checks import Check
    from labelaudit.gate import Decided
    from labelaudit.model import InputFile, Question, Rejection, VerdictName
    from labelaudit.queue import Item
    from labelaudit.settings import Policy, Project

ALWAYS = ("percent-agreement", "krippendorff-alpha")


@dataclass(frozen=True, slots=True)
class Audit:
    """What labelaudit concludes of a delivery, as plain data.

    Attributes
    ----------
    verdicts
        One per batch, with its thresholds.
    estimates
        Every number, over all, by batch, by vendor and by annotator.
    findings
        What the checks saw: breaches first.
    annotators
        One per annotator and question: gold, peers, and which checks flag them.
    rejected
        Rejected cells by reason and batch.
    inputs
        The files that were read.
    policy
        The limits in force.
    masked
        How many annotator ids were masked because no key for pseudonyms was given.
    said
        What was sniffed and guessed while reading, in words: a line for each of `inputs`,
        then what was passed over, taken by its name, or left out.
    after
        What follows: consensus, review queue, relabeling plan, vendors on shared items.
    series
        The batches of each question in their order, for charts.
    baseline
        The files that batches were compared with, where they are no part of the delivery.

    """

    verdicts: Listing[BatchVerdict]
    estimates: Listing[Estimate]
    findings: Listing[Finding]
    annotators: Listing[Annotator]
    rejected: tuple[Rejection, ...]
    inputs: tuple[InputFile, ...]
    questions: tuple[Question, ...]
    policy: Policy
    config_sha256: str
    seed: int
    masked: int
    said: tuple[str, ...]
    after: Aftermath
    series: tuple[Series, ...] = ()
    baseline: tuple[InputFile, ...] = ()
    gate: Decided | None = None

    @property
    def items(self) -> Listing[Item]:
        """The units to look at or to label again, riskiest first in each question."""
        return self.after.items

    @property
    def consensus(self) -> Listing[Agreed]:
        """What each consensus method makes of each question."""
        return self.after.consensus

    @property
    def let_through(self) -> Sequence[str]:
        """The batches that waivers alone let through, once it was gated."""
        return self.gate.outcome.let_through if self.gate else ()

    @property
    def has_thresholds(self) -> bool:
        """Whether any floor was set: without one nothing can pass."""
        return self.policy.has_thresholds

    @property
    def verdict(self) -> VerdictName:
        """The worst verdict of any batch; without a batch there is nothing to accept."""
        names = {found.verdict for found in self.verdicts}
        if "reject" in names:
            return "reject"
        return "review" if "review" in names or not names else "accept"


def run(
    annotations: Annotations,
    project: Project | None = None,
    *,
    seed: int = 0,
    checks: Sequence[Check] | None = None,
    row_by_row: bool = True,
    baseline: Baseline | Annotations | str | Path | None = None,
) -> Audit:
    """Audit annotations: is each batch good enough, and if not, what is wrong?

    Parameters
    ----------
    annotations
        What `read` returned.
    project
        The project whose policy holds; by default the one they were read with.
    seed
        Recorded in the audit; the uniform part of the review queue is drawn from it.
    checks
        The checks to run, by default `CHECKS`; your own can be added: `CHECKS + (mine,)`.
    row_by_row
        False leaves out what reads every answer again: the checks of people and of batches
        beside each other (each is then told as not looked at), consensus, the review queue and
        charts of batches. Verdicts of limits on agreement, gold and rejected rows are the same,
        in a fraction of the time and memory: for deliveries of very many rows.
    baseline
        Earlier annotations that batches are compared with, or where they are: a run folder, or
        a delivery that the same project reads. Without them the batches that the project names
        are the baseline, or each batch is compared with all others.

    """
    chosen = project or annotations.project
    policy = chosen.policy
    measures = measure(annotations, _coefficients(policy))
    held = thresholds(measures, policy)
    people = conducts(annotations, floors(policy, annotations.questions))
    before = _before(baseline, chosen)
    batches = courses(people, measures, chosen.drift, before, seed)
    evidence = Evidence(annotations, measures, policy, held, people, batches)
    if checks is None and not row_by_row:
        findings = counted_only(evidence)
    else:
        findings = look_at(evidence, CHECKS if checks is None else checks)
    verdicts = judge(measures, policy, held, findings, annotations.batches)
    told = people if row_by_row else {}
    drawn = series(batches) if row_by_row else ()
    if before is not None and isinstance(baseline, str | Path):
        before.annotations.close()
    return Audit(
        verdicts=Listing(BatchVerdict, verdicts),
        estimates=Listing(Estimate, measures.estimates),
        findings=Listing(Finding, findings),
        annotators=Listing(Annotator, gathered(measures, findings, told)),
        rejected=annotations.rejections,
        inputs=annotations.files,
        questions=annotations.questions,
        policy=policy,
        config_sha256=fingerprint(chosen),
        seed=seed,
        masked=annotations.people.masked,
        said=annotations.said,
        after=aftermath(annotations, told, chosen, seed),
        series=drawn,
        baseline=() if before is None else before.annotations.files,
    )


def _before(
    baseline: Baseline | Annotations | str | Path | None, project: Project
) -> Baseline | None:
    if isinstance(baseline, str | Path):
        return open_baseline(baseline, project)
    return Baseline(baseline) if isinstance(baseline, Annotations) else baseline


def _coefficients(policy: Policy) -> tuple[str, ...]:
    """Name what is measured: always alpha and raw agreement, and what a floor is set on."""
    named = [
        str(changes.get("coefficient", policy.limits.coefficient)) for changes in policy.overrides
    ]
    return tuple(dict.fromkeys([*ALWAYS, policy.limits.coefficient, *named]))
