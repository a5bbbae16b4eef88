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
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from labelaudit.__about__ import __version__
from labelaudit.errors import InputError, UsageError

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from labelaudit.annotations import Annotations
    from labelaudit.audit import Audit
    from labelaudit.listing import Listing

AUDIT = "audit.json"
LATEST = "latest"
_NAME_CHARACTERS = 16


def save(
    audit: Audit,
    annotations: Annotations,
    folder: Path,
    document: str,
    times: Mapping[str, str],
    extra: Mapping[str, str] | None = None,
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
    extra
        Further files by name.

    Raises
    ------
    UsageError
        If the folder cannot be written. Nothing half-written is left.

    """
    name = hashlib.sha256(document.encode()).hexdigest()[:_NAME_CHARACTERS]
    with _writing(folder) as place:
        _text(place / AUDIT, document)
        about = {"labelaudit": __version__, "python": platform.python_version(), **times}
        _text(place / "run.json", json.dumps(about, indent=1) + "\n")
        for file, content in (extra or {}).items():
            _text(place / file, content)
        annotations.write_parquet(place / "annotations.parquet")
        annotations.write_rejected(place / "rejected.csv")
        _tables(audit, place)
        return _settle(place, folder / name)


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
    if not isinstance(document, dict) or document.get("schema_version") != "1":
        raise InputError(
            str(path),
            f"expected schema_version 1, found {document.get('schema_version')!r}",
            next_step="audit the delivery again with this version",
        )
    return document


@contextmanager
def _writing(folder: Path) -> Iterator[Path]:
    """Give a private folder beside the runs, and leave nothing of it behind."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        place = Path(tempfile.mkdtemp(prefix=".writing-", dir=folder))
    except OSError as error:
        raise UsageError(
            str(folder),
            f"cannot be written: {error.strerror}",
            next_step="name another folder with -o",
        ) from error
    try:
        yield place
    except OSError as error:
        raise UsageError(
            str(folder), f"cannot be written: {error.strerror}", next_step="free some space"
        ) from error
    finally:
        shutil.rmtree(place, ignore_errors=True)


def _settle(place: Path, final: Path) -> Path:
    """Move a finished folder to its name; the same audit again replaces it."""
    place.chmod(0o755)
    if final.exists():
        aside = Path(tempfile.mkdtemp(prefix=".old-", dir=final.parent))
        final.rename(aside / final.name)
        place.rename(final)
        shutil.rmtree(aside, ignore_errors=True)
    else:
        place.rename(final)
    pointer = final.parent / f".{LATEST}-{os.getpid()}"
    pointer.unlink(missing_ok=True)
    pointer.symlink_to(final.name)
    pointer.replace(final.parent / LATEST)
    return final


def _tables(audit: Audit, place: Path) -> None:
    _parquet(audit.estimates, place / "estimates.parquet")
    _parquet(audit.findings, place / "findings.parquet")


def _parquet(listing: Listing[object], path: Path) -> None:
    frame = listing.to_frame()
    if "evidence" in frame:
        frame = frame.assign(evidence=[json.dumps(value) for value in frame["evidence"]])
    frame.to_parquet(path, index=False)


def _text(path: Path, content: str) -> None:
    path.write_text(content, encoding="utf-8")
