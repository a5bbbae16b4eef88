"""How the people of one question work: computed when a check first asks for it, and kept."""

from __future__ import annotations

from dataclasses import replace
from functools import cached_property
from typing import TYPE_CHECKING

from labelaudit import behaviour
from labelaudit.behaviour.signal import untestable
from labelaudit.conduct import crews
from labelaudit.conduct.crews import Crew
from labelaudit.conduct.floors import COMPARABLE, MAX_LABELS
from labelaudit.conduct.groups import bias, bias_within, declared
from labelaudit.conduct.hints import ONE_UNIT, hints
from labelaudit.conduct.units import doubted
from labelaudit.engine.records import TIMED, records
from labelaudit.truth import consensus

if TYPE_CHECKING:
    from collections.abc import Mapping

    from labelaudit.annotations import Annotations
    from labelaudit.behaviour import Decay, LabelBias, Others, Pairs, Profiles, Signal, Suite, Work
    from labelaudit.coefficients import IntArray
    from labelaudit.conduct.floors import Floors
    from labelaudit.engine.records import Records
    from labelaudit.engine.session import Session
    from labelaudit.engine.tables import Tally
    from labelaudit.model import Question
    from labelaudit.truth import Consensus

BESIDE = ("document", "group", "content", "shown_label", "reviewer", "reviewed_label")


class Conduct:
    """The work on one question: records, consensus labels and the signals of `behaviour`.

    Everything is computed on first use and kept. `fault` says why answers cannot be compared;
    what needs equal answers is then not to be asked, times can be.
    """

    def __init__(self, annotations: Annotations, number: int, floors: Floors) -> None:
        self._annotations = annotations
        self._number = number
        self.floors = floors
        self.tally: Tally = annotations.tallies[number]

    @property
    def question(self) -> Question:
        """The question."""
        return self.tally.question

    @property
    def session(self) -> Session:
        """The engine."""
        return self._annotations.session

    @property
    def view(self) -> str:
        """The view of the question's rows that count."""
        return f"current_{self._number}"

    @property
    def carries_times(self) -> bool:
        """Whether times are looked at here: where questions share rows, at the first alone."""
        columns = self._annotations.project.columns
        return self._number == 0 or (columns is not None and columns.question is not None)

    @property
    def shares_rows(self) -> bool:
        """Whether a row answers several questions, so that its times belong to all of them."""
        columns = self._annotations.project.columns
        return len(self._annotations.tallies) > 1 and not (columns and columns.question)

    @cached_property
    def fault(self) -> str | None:
        """Why answers cannot be compared as the same or not, in words; None where they can."""
        if self.question.scale not in COMPARABLE:
            return f"equal answers say little on the {self.question.scale} scale"
        if len(self.tally.names.labels.names) > MAX_LABELS:
            return f"more than {MAX_LABELS:,} different labels"
        return None

    @property
    def fault_needs(self) -> str | None:
        """What would help where the scale is right, and the labels are too many."""
        if self.fault is None or self.question.scale not in COMPARABLE:
            return None
        return f"at most {MAX_LABELS:,} different labels; numbers, texts and lists have own scales"

    @property
    def compares_people(self) -> bool:
        """Whether somebody who disagrees with the others may be called below them."""
        return self.fault is None and self.question.nature != "subjective"

    @cached_property
    def people(self) -> tuple[str, ...]:
        """(A,) the annotators as outputs call them."""
        return tuple(map(self._annotations.people.name, self.tally.names.annotators))

    @cached_property
    def labels(self) -> tuple[str, ...]:
        """(V,) the labels."""
        return self.tally.names.labels.names

    @cached_property
    def records(self) -> Records:
        """Every answer that counts."""
        columns = self._annotations.project.columns
        timed = [name for name in TIMED if getattr(columns, name)]
        beside = {name: getattr(columns, name) for name in BESIDE if getattr(columns, name)}
        return records(self.session, self.view, self.question, self.tally.names, timed, beside)

    @cached_property
    def work(self) -> Work:
        """The records as `behaviour` takes them; sorted alike, so rows correspond."""
        rows = self.records
        return behaviour.work(
            rows.item,
            rows.annotator,
            rows.label,
            max(len(self.labels), 1),
            n_annotators=len(self.people),
            duration=rows.duration_s,
            start=rows.started_at,
            end=rows.submitted_at,
        )

    @cached_property
    def groups(self) -> tuple[IntArray, tuple[str, ...]] | None:
        """(A,) each annotator's group (-1 where not told) and the groups' names, if declared.

        Somebody of several groups counts in the one that comes first in the alphabet.
        """
        return declared(self.records, len(self.people))

    @cached_property
    def seen(self) -> Others:
        """Every answer beside the others' on its unit."""
        return behaviour.others(self.work)

    @cached_property
    def majority(self) -> Consensus:
        """The majority labels."""
        return consensus("majority", self.work.ratings())

    @cached_property
    def dawid_skene(self) -> Consensus:
        """The Dawid-Skene labels."""
        return self._models[0]

    @cached_property
    def mace(self) -> Consensus:
        """The MACE labels."""
        return self._models[1]

    @cached_property
    def _models(self) -> tuple[Consensus, Consensus]:
        """Both fits."""
        return crews.models(self.work.ratings())

    @cached_property
    def profiles(self) -> Profiles | None:
        """What each annotator answers given the consensus; None where it is undefined."""
        return crews.profiles(self.work, self._fits)

    @cached_property
    def crews(self) -> tuple[Crew, ...]:
        """Both fits of all, or of each crew where people are not linked."""
        return crews.crews_of(self.work.ratings(), Crew(self.mace, self.dawid_skene))

    @cached_property
    def _fits(self) -> tuple[Consensus, ...]:
        return crews.of_method(self.crews, "dawid-skene")

    @cached_property
    def scored(self) -> Work:
        """The work in which peers are looked for: within declared groups, else everybody's."""
        if self.groups is None:
            return self.work
        return behaviour.within_groups(self.work, self.groups[0])

    @cached_property
    def scored_seen(self) -> Others:
        """Every answer of `scored` beside those of its peers."""
        return self.seen if self.scored is self.work else behaviour.others(self.scored)

    @cached_property
    def decay(self) -> Decay:
        """Who agrees less as the work goes on, and from which answer on."""
        found = behaviour.decay(self.scored, floor=self.floors.drop, seen=self.scored_seen)
        return replace(found, signal=crews.in_company(found.signal, self.scored))

    @cached_property
    def mixed_units(self) -> tuple[str, tuple[str, ...]] | None:
        """Who seems to give milliseconds: (vendor or batch, names), no names where all do."""
        return doubted(self.records, self.tally.names, self.work)

    @cached_property
    def families(self) -> Mapping[str, tuple[Signal, ...]]:
        """The signals that decide who is unlike the rest, by the fault they look at."""
        return self._families(self.scored, self.scored_seen, self.decay.signal)

    @cached_property
    def suite(self) -> Suite:
        """Who works unlike the rest: the one control over agreement, pace and falling off.

        Where groups are declared people are compared within their own.
        """
        return self._suite(self.families)

    @cached_property
    def pooled(self) -> Suite:
        """The same, everybody compared with everybody."""
        if self.groups is None:
            return self.suite
        drop = behaviour.decay(self.work, floor=self.floors.drop, seen=self.seen).signal
        return self._suite(self._families(self.work, self.seen, drop))

    @cached_property
    def hints(self) -> Mapping[str, tuple[Signal, ...]]:
        """The signals that explain what somebody does, by family."""
        return hints(self)

    @cached_property
    def habits(self) -> Suite:
        """Whose work shows a habit: the one control over the hints."""
        return self._suite(self.hints)

    def hint(self, name: str) -> Signal | None:
        """Return a hint by its name; None where the question has nothing for it."""
        every = (signal for signals in self.hints.values() for signal in signals)
        return next((signal for signal in every if signal.name == name), None)

    def _suite(self, families: Mapping[str, tuple[Signal, ...]]) -> Suite:
        level = self.floors.false_discovery
        return behaviour.combined(families, len(self.people), false_discovery=level)

    def _families(self, work: Work, seen: Others, drop: Signal) -> dict[str, tuple[Signal, ...]]:
        families: dict[str, tuple[Signal, ...]] = {}
        if self.compares_people:
            above_chance = self._above_chance(work, seen)
            families["agreement"] = (above_chance, *self._competence(work))
            families["drift"] = (drop,)
        families["time"] = (self._pace(work),)
        return families

    def _above_chance(self, work: Work, seen: Others) -> Signal:
        least, floor = self.floors.units, self.floors.difference
        apart = None if work is self.work or self.groups is None else self.groups[0]
        return behaviour.correlated_agreement(
            work, min_units=least, floor=floor, seen=seen, group=apart
        )

    def _competence(self, work: Work) -> tuple[Signal, ...]:
        """Return MACE competence; it knows one consensus of all, so not within groups."""
        if work is not self.work:
            return ()
        fitted = crews.competences(crews.of_method(self.crews, "mace"))
        if fitted is None:
            return ()
        least, floor = self.floors.units, self.floors.difference
        return (behaviour.competence(work, *fitted, min_units=least, floor=floor),)

    def _pace(self, work: Work) -> Signal:
        if not self.carries_times:
            why = "times are those of the first question"
            return untestable("response-time", len(self.people), "told-elsewhere", why)
        if self.mixed_units and self.mixed_units[1]:  # in one unit, if a wrong one, pace compares
            return untestable("response-time", len(self.people), "mixed-units", ONE_UNIT)
        return behaviour.response_time(work, floor=self.floors.pace)

    @cached_property
    def bias(self) -> LabelBias:
        """Which label each person gives where the others, of their group, see another."""
        floor = self.floors.confusion
        if self.groups is not None:
            return bias_within(self.work, self.groups[0], floor=floor)
        if self.profiles is None:
            return bias(self.work, floor=floor)
        known = crews.known_only(self.work, self._fits)
        return behaviour.label_bias(known, self.profiles, floor=floor)

    @cached_property
    def pairs(self) -> Pairs | None:
        """Pairs of people who agree beyond what both tend to answer."""
        if self.profiles is None:
            return None
        return behaviour.same_answers(crews.known_only(self.work, self._fits), self.profiles)


def conducts(annotations: Annotations, floors: Floors) -> dict[str, Conduct]:
    """Return the conduct of every question, by its id; nothing is computed yet."""
    return {
        tally.question.question_id: Conduct(annotations, number, floors)
        for number, tally in enumerate(annotations.tallies)
    }
