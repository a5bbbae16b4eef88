"""Write the output blocks of README.md again from the real commands.

A block starts with `<!-- output: COMMAND -->` and ends with `<!-- end of output -->`.
The command runs in the root of the repository, 80 columns wide, without colour; its run
folders go to a temporary place that the page calls `runs`.
"""

from __future__ import annotations

import os
import re
import shlex
import subprocess
import sys
import tempfile
from pathlib import Path

from generated import ROOT, Pages, main

ENVIRONMENT = {"COLUMNS": "80", "NO_COLOR": "1", "TERM": "dumb", "PYTHONUNBUFFERED": "1"}
PAGES = (ROOT / "README.md",)
BLOCK = re.compile(r"(<!-- output: (.+?) -->\n).*?(<!-- end of output -->)", re.DOTALL)


def run(command: str) -> str:
    """Return what a command shows on a terminal."""
    with tempfile.TemporaryDirectory() as place:
        program, *arguments = shlex.split(command)
        runs = ["--output", f"{place}/runs"] if arguments[0] in {"audit", "gate"} else []
        done = subprocess.run(
            [str(Path(sys.executable).parent / program), *arguments, *runs],
            cwd=ROOT,
            env=os.environ | ENVIRONMENT,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            check=False,
        )
        return done.stdout.replace(f"{place}/", "").rstrip()


def fill(page: str) -> str:
    """Return the page with the output of every block made anew."""

    def block(match: re.Match[str]) -> str:
        command = match[2]
        return f"{match[1]}```console\n$ {command}\n{run(command)}\n```\n{match[3]}"

    return BLOCK.sub(block, page)


def pages() -> Pages:
    """Return every page that shows output, as it should stand."""
    return {path: fill(path.read_text(encoding="utf-8")) for path in PAGES}


if __name__ == "__main__":
    sys.exit(main(pages))
