"""Two runs beside each other: did relabeling repair anything; which vendor labels better?"""

from __future__ import annotations

from typing import TYPE_CHECKING

from labelaudit.comparing.asking import read_request
from labelaudit.comparing.changing import Changes
from labelaudit.comparing.judging import coefficient_of, differences, repair
from labelaudit.comparing.opening import Opened, open_run, refuse_same
from labelaudit.comparing.record import ReAudit, VendorDuel
from labelaudit.comparing.rows import by_question
from labelaudit.comparing.standing import (
    batch_changes,
    finding_changes,
    notes,
    shared_questions,
)
from labelaudit.comparing.vendors import are_of_other_vendors, compare_vendors
from labelaudit.errors import InputError

if TYPE_CHECKING:
    from pathlib import Path

    from labelaudit.comparing.asking import Request
    from labelaudit.comparing.record import Change, ChangeCount, Difference, Repair

__all__ = ["ReAudit", "VendorDuel", "are_of_other_vendors", "compare_runs", "compare_vendors"]


def compare_runs(before: Path, after: Path, asked: Path | None = None) -> ReAudit:
    """What did relabeling change: what was asked, something else, or what nobody asked for?

    Parameters
    ----------
    before, after
        Run folders of the same items, before and after.
    asked
        The relabel file that was sent; without it what the first run proposed.

    Raises
    ------
    InputError
        If a folder is no whole run of this schema, the file is no request, or both share no item.
    UsageError
        If both are the same audit.

    """
    first, second = open_run(before), open_run(after)
    refuse_same(first, second)
    request = read_request(first, asked)
    found = _Found(first, second, request)
    found.look()
    said = [*notes(first, second), *found.notes]
    return ReAudit(
        before=first.side,
        after=second.side,
        asked_from=request.source,
        counts=tuple(found.counts),
        listed=tuple(found.listed),
        listed_left_out=found.left_out,
        differences=tuple(found.differences),
        repairs=tuple(found.repairs),
        batches=tuple(batch_changes(first, second)),
        findings=tuple(finding_changes(first, second)),
        notes=tuple(said),
    )


class _Found:
    """What is found question by question."""

    def __init__(self, first: Opened, second: Opened, request: Request) -> None:
        self._runs, self._request = (first, second), request
        self.counts: list[ChangeCount] = []
        self.listed: list[Change] = []
        self.left_out = 0
        self.differences: list[Difference] = []
        self.repairs: list[Repair] = []
        self.notes: list[str] = []

    def look(self) -> None:
        """Look at every question of both runs."""
        shared = known = 0
        for rows in by_question(self._runs, shared_questions(*self._runs)):
            changes = Changes(rows, self._request)
            shared += int(changes.shared.sum())
            known += int((changes.asked & (changes.before.answers > 0)).sum())
            self._question(changes)
        self._refuse_strangers(shared, known)
        asked = len(self._request.asks)
        if known < asked:
            self.notes.append(
                f"{asked - known:,} of {asked:,} asked units are not in the first run"
            )
        if not asked:
            self.notes.append(f"{self._request.source} asks for nothing: every change is unasked")

    def _question(self, changes: Changes) -> None:
        rows = changes.rows
        own = rows.question.question_id
        self.counts += changes.counts()
        self.listed += changes.listed()
        self.left_out += changes.left_out
        measure = coefficient_of(self._runs[1].records("batches"), own)
        found = list(differences(changes, self._request, measure))
        self.differences += found
        if judged := repair(own, found, asked=bool(changes.asked.any())):
            self.repairs.append(judged)
        self._say_absent(changes)
        if rows.other_gold:
            self.notes.append(
                f"question {own}: {rows.other_gold:,} units have more than one gold label in"
                " the two runs and are left out of gold accuracy"
            )

    def _say_absent(self, changes: Changes) -> None:
        """Say how many units only one run answers: a comparison is of those in both."""
        before, after = changes.before.answers > 0, changes.after.answers > 0
        gone, new = int((before & ~after).sum()), int((after & ~before).sum())
        if gone or new:
            self.notes.append(
                f"question {changes.rows.question.question_id}: {gone:,} units are in the first run"
                f" only, {new:,} in the second only; measures are of the units in both"
            )

    def _refuse_strangers(self, shared: int, known: int) -> None:
        first, second = self._runs
        if not shared:
            raise InputError(
                f"{first.place} and {second.place}",
                "answer no item and question in common",
                next_step="name two runs of the same items",
            )
        if self._request.asks and not known:
            raise InputError(
                self._request.source,
                f"none of its {len(self._request.asks):,} units is in {first.place}",
                next_step="name the relabel file that was made from the first run",
            )
