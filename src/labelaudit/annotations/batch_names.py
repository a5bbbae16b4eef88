"""What a batch is called that has no column: the name of its file."""

from __future__ import annotations

from pathlib import PurePosixPath
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

_PACKED = (".gz", ".zst")


def batch_names(paths: Sequence[str]) -> tuple[str, ...]:
    """Return a batch for each file: its name without endings, with folders where names repeat.

    Examples
    --------
    >>> batch_names(["in/nw-1.csv.gz", "in/v1.2.csv"])
    ('nw-1', 'v1.2')
    >>> batch_names(["in/a/may.csv", "in/b/may.csv"])
    ('a/may', 'b/may')

    """
    whole = [PurePosixPath(path.replace("\\", "/")) for path in paths]
    bare = [_without_endings(path) for path in whole]
    for depth in range(1, max((len(path.parts) for path in bare), default=0) + 1):
        names = ["/".join(path.parts[-depth:]) for path in bare]
        if len(set(names)) == len(names):
            return tuple(names)
    return tuple(str(path) for path in whole)


def _without_endings(path: PurePosixPath) -> PurePosixPath:
    if path.suffix in _PACKED:
        path = path.with_suffix("")
    return path.with_suffix("") if path.suffix else path
