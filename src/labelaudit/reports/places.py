"""Which file of the delivery a finding points at, as reports for machines name files."""

from __future__ import annotations

from functools import cache
from pathlib import PurePath
from typing import TYPE_CHECKING
from urllib.parse import quote

if TYPE_CHECKING:
    from collections.abc import Mapping

    from labelaudit.reports.documents import Documents

UNKNOWN = "delivery"


class Places:
    """The files of a delivery by the name of the batch they hold."""

    def __init__(self, documents: Documents) -> None:
        root = PurePath(documents.root)
        paths = [_relative(PurePath(file.path), root) for file in documents.inputs]
        self._by_batch: Mapping[str, str] = {_stem(path): str(path) for path in paths}
        self._others = str(_common(paths)) if paths else UNKNOWN

    def of(self, batch: str | None) -> str:
        """Return the file named like a batch, else what all files have in common."""
        return self._by_batch.get(batch or "", self._others)

    def has(self, batch: str | None) -> bool:
        """Say whether a file is named like a batch."""
        return batch in self._by_batch

    def uri(self, batch: str | None) -> str:
        """Return the place as a URI reference."""
        path = PurePath(self.of(batch))
        text = quote(path.as_posix())
        return f"file://{text}" if path.is_absolute() else text


@cache
def _stem(path: PurePath) -> str:
    """Return the name of a file without its endings: `b1` of `b1.csv.gz`."""
    return path.name.removesuffix("".join(path.suffixes)) or path.name


def _relative(path: PurePath, root: PurePath) -> PurePath:
    return path.relative_to(root) if root.parts and path.is_relative_to(root) else path


def _common(paths: list[PurePath]) -> PurePath:
    """Return the one file there is, or the deepest folder that holds all."""
    first, *others = paths
    if not others:
        return first
    for folder in first.parents:
        if all(path.is_relative_to(folder) for path in others):
            return folder
    return first
