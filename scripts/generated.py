"""What the generators share: write the pages that changed, or say which are stale."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

ROOT = Path(__file__).parents[1]
Pages = dict[Path, str]


def stale(pages: Mapping[Path, str]) -> list[Path]:
    """Return the pages whose file differs from what they should hold."""
    return [
        path
        for path, text in pages.items()
        if not path.is_file() or path.read_text(encoding="utf-8") != text
    ]


def orphans(pages: Mapping[Path, str], folder: Path) -> list[Path]:
    """Return the pages of a wholly generated folder that nothing generates any more."""
    return sorted(set(folder.glob("*.md")) - set(pages))


def settle(pages: Mapping[Path, str], left_over: list[Path], *, check: bool) -> int:
    """Bring the files up to date, or with `check` only name them; return the exit code."""
    changed = stale(pages)
    for path in changed + left_over:
        sys.stderr.write(f"{'stale' if check else 'wrote'}: {path.relative_to(ROOT)}\n")
    if check:
        return 1 if changed or left_over else 0
    for path in changed:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(pages[path], encoding="utf-8")
    for path in left_over:
        path.unlink()
    return 0


def main(make_pages: Callable[[], Pages], folder: Path | None = None) -> int:
    """Run one generator as a command; `folder` is wholly its own."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--check", action="store_true", help="change nothing; exit 1 when stale")
    arguments = parser.parse_args()
    pages = make_pages()
    left_over = orphans(pages, folder) if folder else []
    return settle(pages, left_over, check=arguments.check)
