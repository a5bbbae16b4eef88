"""The seeded sample deliveries: a small world of two vendors with planted faults.

`write` makes the files of `sample_data/`, so that the demo works from a wheel. What is
planted, and what should be found, stands in the README that it writes beside them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from labelaudit.samples import configs, small
from labelaudit.samples.plan import BATCHES, CLEAN, THIN
from labelaudit.samples.readme import readme
from labelaudit.samples.tables import HEADER, csv_text, row
from labelaudit.samples.work import submissions

if TYPE_CHECKING:
    from pathlib import Path

__all__ = ["CLEAN", "SEED", "THIN", "contents", "write"]

SEED = 20260101


def contents(seed: int = SEED) -> dict[str, str]:
    """Return the text of every sample file by its path in the folder.

    Examples
    --------
    >>> sorted(contents())[:3]
    ['README.md', 'broken/nw-09.csv', 'delivery/me-01.csv']

    """
    return {
        "README.md": readme(),
        "labelaudit.toml": configs.MAIN,
        **_delivery(seed),
        "wide/labelaudit.toml": configs.WIDE,
        "wide/posts.csv": small.wide_csv(seed),
        "jsonl/labelaudit.toml": configs.JSONL,
        "jsonl/posts.jsonl": small.jsonl(seed),
        "repeated/labelaudit.toml": configs.MAIN,
        "repeated/nw-08.csv": small.repeated_csv(seed),
        "broken/nw-09.csv": small.broken_csv(seed),
    }


def _delivery(seed: int) -> dict[str, str]:
    files = {}
    for batch in BATCHES:
        rows = [row(batch, submission) for submission in submissions(seed, batch)]
        files[f"delivery/{batch.batch_id}.csv"] = csv_text(HEADER, rows)
    return files


def write(folder: Path, seed: int = SEED) -> tuple[Path, ...]:
    """Write the sample deliveries into a folder and return the files, sorted.

    The same seed writes the same bytes on every machine. Files that are already there
    are replaced; other files are left alone.

    Examples
    --------
    >>> import tempfile
    >>> from pathlib import Path
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     len(write(Path(folder)))
    23

    """
    paths = []
    for name, text in sorted(contents(seed).items()):
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text.encode())
        paths.append(path)
    return tuple(paths)
