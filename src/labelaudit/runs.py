"""A run folder: what an audit leaves behind, written whole or not at all.

`audit.json` and the Parquet tables depend on rows and configuration alone; `run.json` holds
what does not (times, versions of the machine). The folder's name is the fingerprint of its
`audit.json`; `latest` beside it names the newest one.
"""

from __future__ import annotations

import hashlib
import json
import os
import platform
import shutil
import tempfile
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING

from labelaudit.__about__ import __version__
from labelaudit.errors import InputError, UsageError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from labelaudit.annotations import Annotations
    from labelaudit.audit import Audit

    Finish = Callable[[Audit, str, Mapping[str, str], str], Path]

AUDIT = "audit.json"
CARDS = "cards.parquet"
GATE = "gate.json"
PAGE = "report.html"
LATEST = "latest"
SCHEMA_VERSION = "1"
_NAME_CHARACTERS = 16


def save(
    audit: Audit,
    annotations: Annotations,
    folder: Path,
    document: str,
    times: Mapping[str, str],
    page: str = "",
) -> Path:
    """Write a run folder under `folder` and return its path.

    Parameters
    ----------
    audit, annotations
        What was concluded, and from which rows.
    folder
        The place of all runs.
    document
        The text of `audit.json`.
    times
        When the run started and ended; kept in `run.json` only.
    page
        The text of `report.html`; without one there is none.

    Raises
    ------
    UsageError
        If the folder cannot be written. Nothing half-written is left.

    """
    with saving(annotations, folder) as finish:
        return finish(audit, document, times, page)


@contextmanager
def saving(annotations: Annotations, folder: Path) -> Iterator[Finish]:
    """Write the annotations while the block audits them; it ends with what this yields.

    That takes what `save` takes, and returns the path of the run. A block that ends without
    it leaves nothing behind.
    """
    with (
        _writing(folder) as place,
        annotations.writing_parquet(place / "annotations.parquet") as wait,
    ):

        def finish(audit: Audit, document: str, times: Mapping[str, str], page: str) -> Path:
            _write_results(audit, place)
            annotations.write_cards(_units(audit), place / CARDS)
            _text(place / AUDIT, document)
            if page:
                _text(place / PAGE, page)
            about = {"labelaudit": __version__, "python": platform.python_version(), **times}
            _text(place / "run.json", json.dumps(about, indent=1) + "\n")
            annotations.write_rejected(place / "rejected.csv")
            wait()
            name = hashlib.sha256(document.encode()).hexdigest()[:_NAME_CHARACTERS]
            return _settle(place, folder / name)

        yield finish


def _write_results(audit: Audit, place: Path) -> None:
    from labelaudit.frames import write_parquet

    write_parquet(audit.estimates, place / "estimates.parquet")
    write_parquet(audit.findings, place / "findings.parquet")
    write_parquet(audit.annotators, place / "annotators.parquet")
    write_parquet(audit.items, place / "items.parquet")


def _units(audit: Audit) -> set[tuple[str, str]]:
    """Return the units that somebody may have to look at: ranked ones, and those of findings."""
    found = {
        (finding.question_id, finding.item_id)
        for finding in audit.findings
        if finding.question_id is not None and finding.item_id is not None
    }
    return found | {(item.question_id, item.item_id) for item in audit.items}


def record_gate(run: Path, document: Mapping[str, object], page: str = "") -> None:
    """Write `gate.json` into a finished run: what was decided, on this day, with its looks.

    The page that shows it, if one is given, replaces that of the run.

    Raises
    ------
    UsageError
        If the run folder cannot be written.

    """
    with _writing(run) as place:
        parts = (f"{json.dumps(name)}: {_listed(value)}" for name, value in document.items())
        _text(place / GATE, "{\n" + ",\n".join(parts) + "\n}\n")
        if page:
            _text(place / PAGE, page)
            (place / PAGE).replace(run / PAGE)
        (place / GATE).replace(run / GATE)


def _listed(value: object) -> str:
    """Write a value of a document, each record of a list on a line of its own."""
    if not isinstance(value, list) or not value:
        return json.dumps(value, ensure_ascii=False)
    return "[\n " + ",\n ".join(json.dumps(one, ensure_ascii=False) for one in value) + "\n]"


def read_audit(run: Path) -> dict[str, object]:
    """Return the document of a finished run.

    Raises
    ------
    InputError
        If the folder is no run, or from a version whose schema this one does not know.

    """
    path = run / AUDIT
    try:
        document = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise InputError(
            str(run),
            f"expected a run folder with a readable {AUDIT}; {error}",
            next_step="labelaudit audit DATA writes one",
        ) from error
    found = document.get("schema_version") if isinstance(document, dict) else None
    if found != SCHEMA_VERSION:
        raise InputError(
            str(path),
            f"expected schema_version {SCHEMA_VERSION!r}, found {found!r}",
            next_step="audit the delivery again with this version",
        )
    return dict(document)


def must_be_writable(folder: Path) -> None:
    """Refuse a place for runs before the long work starts; nothing is made yet.

    Raises
    ------
    UsageError
        If the folder, or the nearest one above it that is there, cannot be written.

    """
    there = folder
    while not there.exists() and there != there.parent:
        there = there.parent
    if not there.is_dir():
        raise _unwritable(folder, f"{there} is not a folder")
    if not os.access(there, os.W_OK | os.X_OK):
        raise _unwritable(folder, f"{there} does not let this user write")


def _unwritable(folder: Path, why: str) -> UsageError:
    return UsageError(
        str(folder), f"cannot be written: {why}", next_step="name another folder with -o"
    )


@contextmanager
def _writing(folder: Path) -> Iterator[Path]:
    """Give a private folder beside the runs, and leave nothing of it behind."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        place = Path(tempfile.mkdtemp(prefix=".writing-", dir=folder))
    except OSError as error:
        raise _unwritable(folder, str(error.strerror)) from error
    try:
        yield place
    except OSError as error:
        raise _unwritable(folder, str(error.strerror)) from error
    finally:
        shutil.rmtree(place, ignore_errors=True)


def _settle(place: Path, final: Path) -> Path:
    """Move a finished folder to its name; the same audit again replaces it."""
    place.chmod(0o755)
    if final.exists():
        if (final / GATE).is_file():
            for name in (GATE, PAGE):
                with suppress(FileNotFoundError):
                    shutil.copy2(final / name, place / name)
        with tempfile.TemporaryDirectory(prefix=".old-", dir=final.parent) as aside:
            final.rename(Path(aside) / final.name)
            place.rename(final)
    else:
        place.rename(final)
    pointer = final.parent / f".{LATEST}-{os.getpid()}"
    pointer.unlink(missing_ok=True)
    pointer.symlink_to(final.name)
    pointer.replace(final.parent / LATEST)
    return final


def _text(path: Path, content: str) -> None:
    path.write_text(content, encoding="utf-8")
