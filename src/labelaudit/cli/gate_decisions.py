"""`labelaudit gate --with-decisions`: what reviewers decided, and what follows, in words."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from labelaudit.cli.output import say
from labelaudit.cli.reviews_command import db_option

if TYPE_CHECKING:
    from pathlib import Path

    from labelaudit.reviewed import Rate, Reviewed

__all__ = ["db_option", "decisions_of", "say_decisions", "with_decisions_option"]

_MOST_LINES = 20
with_decisions_option = click.option(
    "--with-decisions",
    is_flag=True,
    help="Take into account what reviewers decided of this run. Without it the gate reads the"
    " run alone, and is the same for everybody.",
)


def decisions_of(run: Path, db: str) -> Reviewed:
    """Return what was decided of a run, from a store that is there."""
    from labelaudit.review import open_store

    with open_store(db, create=False) as store:
        return store.reviewed(run)


def say_decisions(decisions: Reviewed) -> None:
    """Say what decisions changed, and what reviewers found beside."""
    store = decisions.store
    say(f"decisions: {decisions.decided:,} units of run {store.run_id}, head {store.head}")
    for found in decisions.resolved:
        say(f"looked at and cleared: {found.check} of {found.batch_id}")
    if not decisions.resolved:
        say("no finding was cleared, so no verdict is changed")
    told = [rate for rate in decisions.rates if rate.decided or rate.by_risk_decided]
    for rate in told[:_MOST_LINES]:
        say(f"reviewed: {rate.batch_id}, {rate.question_id}: {_words(rate)}")
    if len(told) > _MOST_LINES:
        say(f"... and {len(told) - _MOST_LINES:,} more in gate.json")


def _words(rate: Rate) -> str:
    beside = f"{rate.by_risk_wrong} wrong of {rate.by_risk_decided} drawn for their risk"
    if rate.rate is None:
        return f"{beside}; none drawn by chance is decided, so no rate"
    interval = f"{rate.rate:.1%} [{rate.low:.1%}, {rate.high:.1%}]"
    left = f", {rate.open} still open" if rate.open else ""
    return f"{rate.wrong} wrong of {rate.decided} drawn by chance, {interval}{left}; {beside}"
