"""The course of a question from batch to batch: their order, and what each is compared with."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from labelaudit.dense import counted
from labelaudit.drifting.baseline import Baseline, is_mask
from labelaudit.drifting.ordering import first_times, in_order
from labelaudit.drifting.pooling import pool
from labelaudit.drifting.rows import joined, people_of
from labelaudit.drifting.summing import per_batch

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping, Sequence

    from labelaudit.coefficients import FloatArray, IntArray
    from labelaudit.conduct import Conduct
    from labelaudit.drift import AgreementArm
    from labelaudit.drifting.pooling import Pool
    from labelaudit.drifting.rows import Rows
    from labelaudit.drifting.summing import PerBatch
    from labelaudit.engine.tables import Tally
    from labelaudit.measure import Measures
    from labelaudit.settings import Drift

_OWN_VENDOR = 2


@dataclass(frozen=True, slots=True)
class Fault:
    """Why nothing can be compared, and what that needs."""

    problem: str
    needs: str


@dataclass(frozen=True, slots=True)
class Compared:
    """A batch and the batches it is held against, by code.

    The batches of a baseline from elsewhere have the codes that follow the delivery's.
    """

    batch: int
    others: tuple[int, ...]


class Course:
    """One question over the batches of a delivery, and of its baseline if there is one.

    Everything is computed on first use and kept.
    """

    def __init__(
        self,
        conduct: Conduct,
        measures: Measures,
        chosen: Drift,
        baseline: tuple[Baseline, Conduct | None] | None = None,
        seed: int = 0,
    ) -> None:
        self.conduct = conduct
        self.measures = measures
        self.seed = seed
        self.question = conduct.question
        self._chosen = chosen
        self._baseline = baseline
        self.arms: dict[int, AgreementArm] = {}

    @property
    def from_elsewhere(self) -> Conduct | None:
        """The same question in a baseline that is no part of the delivery."""
        return None if self._baseline is None else self._baseline[1]

    @cached_property
    def tallies(self) -> tuple[Tally, ...]:
        """The counts of the delivery, and of the baseline from elsewhere."""
        other = self.from_elsewhere
        return (self.conduct.tally,) if other is None else (self.conduct.tally, other.tally)

    @cached_property
    def names(self) -> tuple[str, ...]:
        """All batches by code: the delivery's, then the baseline's."""
        return tuple(name for tally in self.tallies for name in tally.names.batches)

    @cached_property
    def own(self) -> int:
        """How many of the batches are the delivery's."""
        return len(self.conduct.tally.names.batches)

    @cached_property
    def fault(self) -> Fault | None:
        """Why no batch can be compared; None where at least one can."""
        if self._baseline is not None:
            baseline, other = self._baseline
            if other is None or not other.tally.names.batches:
                asked = f"a baseline in which {self.question.question_id!r} was asked"
                return Fault("the baseline has no answer to this question", asked)
            if needs := baseline.other_labels(self.conduct):
                return Fault("different domain", needs)
        if not self.compared:
            return Fault(*self._nothing())
        return None

    def _nothing(self) -> tuple[str, str]:
        if self._chosen.baseline_batches:
            named = ", ".join(self._chosen.baseline_batches)
            return "no batch beside those of the baseline", f"answers in {named}, and in others"
        return "one batch only", "a second batch, or --baseline with an earlier delivery"

    @cached_property
    def order(self) -> tuple[int, ...]:
        """The batches as they follow each other: the baseline's first, each part in its order."""
        first = [] if self.from_elsewhere is None else in_order(self.from_elsewhere)
        own = in_order(self.conduct)
        chosen = [code for code in own if self.names[code] in self._chosen.baseline_batches]
        if first or not chosen:
            return (*(self.own + code for code in first), *own)
        return (*chosen, *(code for code in own if code not in chosen))

    @cached_property
    def by_time(self) -> bool:
        """Whether batches follow each other by the time of their first answer, not by name."""
        return bool(len(first_times(self.conduct)))

    @cached_property
    def baseline(self) -> tuple[int, ...]:
        """The batches that are the baseline of all others; none where each is one of others."""
        if self._baseline is not None:
            return tuple(range(self.own, len(self.names)))
        if self._chosen.baseline_batches:
            known = self._chosen.baseline_batches
            return tuple(code for code in range(self.own) if self.names[code] in known)
        return tuple(self.order[: self._chosen.first_batches_count or 0])

    @cached_property
    def compared(self) -> tuple[Compared, ...]:
        """Each batch with its baseline; those that are baseline themselves are left out.

        Without a baseline a batch is compared with all others. Of either, the batches of the
        batch's own vendor are taken where there are two at least, else all.
        """
        fixed = self._baseline is not None or self._chosen.is_set
        return self._pairs(fixed=fixed, strange=frozenset())

    @cached_property
    def among_baseline(self) -> tuple[Compared, ...]:
        """Each batch of a baseline that is chosen, held against the rest of it."""
        pairs = ((code, self._beside(code, self.baseline)) for code in self.baseline)
        return tuple(Compared(code, others) for code, others in pairs if others)

    def compared_without(self, strange: Collection[int]) -> tuple[Compared, ...]:
        """The same where each batch is compared with all others, but for strange ones."""
        return self._pairs(fixed=False, strange=strange)

    def mostly(self, strange: Collection[int]) -> bool:
        """Whether these are half or more of the batches that any one of them is held against."""
        own = set(range(self.own))
        for code in strange:
            same = {other for other in own if self.vendors[other] & self.vendors[code]}
            among = same if len(same) > _OWN_VENDOR else own
            if 2 * len(among & {*strange}) >= len(among):
                return True
        return False

    def _pairs(self, *, fixed: bool, strange: Collection[int]) -> tuple[Compared, ...]:
        pairs = []
        for batch in self.order:
            if batch >= self.own or batch in self.baseline:
                continue
            pool_ = self.baseline if fixed else range(self.own)
            chosen = self._beside(batch, [code for code in pool_ if code not in strange])
            if chosen:
                pairs.append(Compared(batch, chosen))
        return tuple(pairs)

    def _beside(self, batch: int, pool_: Iterable[int]) -> tuple[int, ...]:
        """Return the batches of a pool that a batch is held against: of its vendor if it can."""
        others = [code for code in pool_ if self.names[code] != self.names[batch]]
        same = [code for code in others if self.vendors[code] & self.vendors[batch]]
        return tuple(same if len(same) >= _OWN_VENDOR else others)

    @cached_property
    def vendors(self) -> tuple[frozenset[str], ...]:
        """The vendors of each batch."""
        found: list[set[str]] = [set() for _ in self.names]
        shift = 0
        for tally in self.tallies:
            cube = tally.cube
            many = len(tally.names.vendors)
            told = cube.vendor >= 0
            for cell in counted(cube.batch[told] * many + cube.vendor[told])[0].tolist():
                found[shift + cell // many].add(tally.names.vendors[cell % many])
            shift += len(tally.names.batches)
        return tuple(map(frozenset, found))

    @cached_property
    def pools(self) -> tuple[Pool, ...]:
        """The patterns of the delivery's batches, and of the baseline's."""
        return tuple(map(pool, self.tallies))

    @cached_property
    def gold(self) -> tuple[tuple[PerBatch, PerBatch], ...]:
        """Right answers and answers on gold by annotator, of the delivery's and baseline's."""
        most = max(int(people.max(initial=-1)) for people in self.people) + 1
        return tuple(
            _gold(tally, people, most)
            for tally, people in zip(self.tallies, self.people, strict=True)
        )

    @cached_property
    def rows(self) -> Rows:
        """The answers of both in one coding."""
        pseudonymous = self._baseline is not None and self._baseline[0].pseudonymous
        return joined(self.conduct, self.from_elsewhere, pseudonymous=pseudonymous)

    @cached_property
    def people(self) -> tuple[IntArray, ...]:
        """The codes of the annotators in `rows`, for the delivery and for the baseline."""
        pseudonymous = self._baseline is not None and self._baseline[0].pseudonymous
        return tuple(people_of(self._parts, pseudonymous=pseudonymous))

    @cached_property
    def sizes(self) -> IntArray:
        """(B,) how many answers each batch holds."""
        return np.diff(self.rows.starts)

    @cached_property
    def label_shares(self) -> FloatArray:
        """(V,) the share of each label in all batches, by its code in `rows`."""
        counts = np.bincount(self.rows.label, minlength=self.rows.n_labels)
        return counts / max(len(self.rows.label), 1)

    @cached_property
    def labels(self) -> tuple[str, ...]:
        """The labels by their code in `rows`."""
        return tuple(dict.fromkeys(name for part in self._parts for name in part.labels))

    @property
    def _parts(self) -> list[Conduct]:
        return [part for part in (self.conduct, self.from_elsewhere) if part is not None]

    @cached_property
    def hidden(self) -> bool:
        """Whether some people cannot be told to be the same ones in the baseline."""
        other = self.from_elsewhere
        if other is None or self._baseline is None or not self._baseline[0].pseudonymous:
            return False
        return any(map(is_mask, [*self.conduct.people, *other.people]))

    @cached_property
    def documents_missing(self) -> bool:
        """Whether the delivery tells documents and the baseline does not."""
        other = self.from_elsewhere
        told = "document" in self.conduct.records.beside
        return told and other is not None and "document" not in other.records.beside

    def source(self, batches: Sequence[int]) -> tuple[int, list[int]]:
        """Return where the counts of some batches are, and their codes there."""
        away = bool(batches) and batches[0] >= self.own
        return int(away), [code - self.own for code in batches] if away else [*batches]


def courses(
    conducts: Mapping[str, Conduct],
    measures: Measures,
    chosen: Drift,
    baseline: Baseline | None = None,
    seed: int = 0,
) -> dict[str, Course]:
    """Return the course of every question, by its id; nothing is computed yet."""
    found: dict[str, Course] = {}
    others: Mapping[str, Conduct] = {}
    for name, conduct in conducts.items():
        if baseline is not None:
            others = others or baseline.conducts(conduct.floors)
        beside = None if baseline is None else (baseline, others.get(name))
        found[name] = Course(conduct, measures, chosen, beside, seed)
    return found


def _gold(tally: Tally, people: IntArray, most: int) -> tuple[PerBatch, PerBatch]:
    gold, batches = tally.gold, len(tally.names.batches)
    person = people[gold.annotator]
    correct, answered = (
        per_batch(gold.batch, person, amount, batches=batches, size=most)
        for amount in (gold.correct, gold.answered)
    )
    return correct, answered
