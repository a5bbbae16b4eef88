"""For people whose tests are pytest's: a delivery that the gate does not accept fails a test."""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, cast

from labelaudit.errors import UsageError
from labelaudit.gate import ACCEPTED, UNDECIDED
from labelaudit.safe import visible

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from datetime import date

    from labelaudit.gate import Decided, Outcome
    from labelaudit.settings import Gate

    Place = str | Path
    Record = Mapping[str, object]

__all__ = ["assert_gate"]

MAX_BATCHES = 5
_WORDS = {1: "FAIL", 3: "UNDECIDED"}


def assert_gate(
    data: Place | Sequence[Place],
    config: Place | None = None,
    *,
    allow_inconclusive: bool = False,
    baseline: Place | None = None,
    waivers: Place | None = None,
    today: date | None = None,
) -> Outcome:
    r"""Does the gate accept a delivery? Fail the test, with the report in a few lines, if not.

    Nothing is kept: no run folder, and no entry in a ledger, so that each call is one look
    at the full level.

    Parameters
    ----------
    data
        A file, folder or glob, several of them, or one finished run folder.
    config
        `labelaudit.toml`; without it the one in this folder, else beside the data. A finished
        run has its limits already and takes none.
    allow_inconclusive
        Pass where no batch is rejected and some are undecided. A gate without a threshold, or
        without a batch, never passes.
    baseline
        What batches are compared with: a run folder or an earlier delivery.
    waivers
        File of the waivers; without it the one that the configuration names.
    today
        Day that waivers are held against; by default today, in UTC.

    Returns
    -------
    Outcome
        What the gate decided: `exit_code`, `reason`, `rejected`, `undecided`, `waived`.

    Raises
    ------
    AssertionError
        If the gate does not pass: each batch with its thresholds, estimates, bounds and needs.
    InputError
        If the data cannot be read: nothing was judged.
    UsageError
        If the configuration is wrong, or does not go with a finished run.

    Examples
    --------
    >>> from pathlib import Path
    >>> from tempfile import mkdtemp
    >>> place = Path(mkdtemp())
    >>> rows = [f"{n},{who},{n % 2}" for n in range(99) for who in ("ann", "ben")]
    >>> _ = (place / "b1.csv").write_text("\n".join(["item,annotator,label", *rows]))
    >>> _ = (place / "limits.toml").write_text("policy = {min_agreement = 0.667}")
    >>> assert_gate(place / "b1.csv", place / "limits.toml").reason
    'every batch is accepted'

    """
    __tracebackhide__ = True  # pytest then shows the line of the test that failed
    given = [data] if isinstance(data, str | Path) else [*data]
    with _run_of(given, config, baseline) as (run, gate):
        named = gate.waivers if waivers is None else str(waivers)
        decided, document = _decided(run, replace(gate, waivers=named, ledger=None), today)
    outcome = decided.outcome
    if outcome.exit_code == ACCEPTED:
        return outcome
    if allow_inconclusive and outcome.exit_code == UNDECIDED and _was_gated(document):
        return outcome
    raise AssertionError(_message(decided, document))


@contextmanager
def _run_of(
    data: Sequence[Place], config: Place | None, baseline: Place | None
) -> Iterator[tuple[Path, Gate]]:
    """Give the run folder to decide, one made for the moment where none was named."""
    from labelaudit.settings import Gate

    finished = [Path(name) for name in data if (Path(name) / "audit.json").is_file()]
    if finished:
        if len(data) > 1 or config is not None or baseline is not None:
            raise UsageError(
                str(finished[0]),
                "is a finished run: it takes no other data, config or baseline",
                next_step="name the delivery, or the run alone",
            )
        yield finished[0], Gate()
        return
    with TemporaryDirectory(prefix="labelaudit-") as place:
        yield _audited(data, config, baseline, Path(place))


def _audited(
    data: Sequence[Place], config: Place | None, baseline: Place | None, place: Path
) -> tuple[Path, Gate]:
    from labelaudit.audit import run
    from labelaudit.reading import read
    from labelaudit.reports.json_report import document, written
    from labelaudit.runs import save

    with read([*data], _configuration(data, config)) as annotations:
        audit = run(annotations, baseline=baseline)
        saved = save(audit, annotations, place, written(document(audit)), {})
        return saved, annotations.project.gate


def _configuration(data: Sequence[Place], config: Place | None) -> Place | None:
    """Return the configuration to use: the one named, else one here, else one beside the data."""
    from labelaudit.project import find_project

    if config is not None or not data:
        return config
    folders = (Path(), Path(data[0]).parent)
    return next(
        (found for each in folders if each.is_dir() and (found := find_project(each))), None
    )


def _decided(run: Path, gate: Gate, today: date | None) -> tuple[Decided, Record]:
    from labelaudit.runs import read_audit
    from labelaudit.settling import settle

    return settle(run, gate, today or datetime.now(UTC).date()), read_audit(run)


def _was_gated(document: Record) -> bool:
    """Say whether there was anything to pass: a batch, and a threshold held against it."""
    summary = cast("Record", document["summary"])
    return bool(summary["has_thresholds"] and document["batches"])


def _message(decided: Decided, document: Record) -> str:
    outcome = decided.outcome
    code = outcome.exit_code
    lines = [f"labelaudit gate: {_WORDS[code]} (exit {code}): {visible(outcome.reason, 400)}"]
    batches = cast("Sequence[Record]", document["batches"])
    names = (*outcome.rejected, *outcome.undecided)
    against = [batch for name in names for batch in batches if batch["batch_id"] == name]
    for batch in against[:MAX_BATCHES]:
        lines += _lines(batch)
    if len(against) > MAX_BATCHES:
        lines.append(f"  ... and {len(against) - MAX_BATCHES} more batches")
    lines += [f"  not a waiver: {fault}" for fault in decided.waivers.faulty]
    return "\n".join(lines)


def _lines(batch: Record) -> Iterator[str]:
    """Yield a batch, the reasons against it, and each threshold that it did not pass."""
    reasons = ", ".join(cast("Sequence[str]", batch["reasons"]))
    yield f"  {visible(str(batch['batch_id']))}: {batch['verdict']}: {reasons}"
    for held in cast("Sequence[Record]", batch["thresholds"]):
        if held["outcome"] != "pass":
            yield f"    {_threshold(held)}"


def _threshold(held: Record) -> str:
    estimate, bound = (
        "undefined" if held[name] is None else f"{held[name]:.3f}" for name in ("estimate", "bound")
    )
    where = f"{held['name']} of {visible(str(held['question_id']))}"
    needs = f"; needs: {visible(str(held['needs']), 200)}" if held["needs"] else ""
    return (
        f"{where}: {held['coefficient']} {estimate}, {held['side']} bound {bound}, limit"
        f" {held['limit']:g}: {held['outcome']}{needs}"
    )
