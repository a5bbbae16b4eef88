"""Write the output blocks of README.md and docs/reports.md again from the real commands.

A block starts with `<!-- output: COMMAND -->` and ends with `<!-- end of output -->`. With
`<!-- output without "FROM" to "UNTIL": COMMAND -->` the lines from the one that starts with
FROM to the one before UNTIL are left out, which three dots say; `<!-- output and exit code:
COMMAND -->` shows how the command ended as well. The command runs in the root of the
repository, 80 columns wide, without colour; its run folders go to a temporary place that the
page calls `runs`.
"""

from __future__ import annotations

import os
import re
import shlex
import subprocess
import sys
import tempfile

from generated import ROOT, Pages, main

ENVIRONMENT = {"COLUMNS": "80", "NO_COLOR": "1", "TERM": "dumb", "PYTHONUNBUFFERED": "1"}
PROGRAM = "from labelaudit.cli import main; main()"
PAGES = (ROOT / "README.md", ROOT / "docs" / "reports.md")
BLOCK = re.compile(
    r"(?P<start><!-- output(?P<code> and exit code)?"
    r'(?: without "(?P<first>.+?)" to "(?P<until>.+?)")?: '
    r"(?P<command>.+?) -->\n)"
    r"(?:(?!<!--).)*(?P<end><!-- end of output -->)",
    re.DOTALL,
)


def run(command: str, *, code: bool = False) -> str:
    """Return what a command shows on a terminal, and how it ended."""
    with tempfile.TemporaryDirectory() as place:
        _, *arguments = shlex.split(command)
        runs = ["--output", f"{place}/runs"] if arguments[0] in {"audit", "gate"} else []
        done = subprocess.run(
            [sys.executable, "-c", PROGRAM, *arguments, *runs],
            cwd=ROOT,
            env=os.environ | ENVIRONMENT,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            check=False,
        )
        ended = f"\n$ echo $?\n{done.returncode}" if code else ""
        return done.stdout.replace(f"{place}/", "").rstrip() + ended


def shorten(said: str, first: str | None, until: str | None) -> str:
    """Leave out the lines from the one that starts with `first` to the one before `until`."""
    if not (first and until):
        return said
    start = said.index(f"\n{first}")
    end = said.index(f"\n{until}", start)
    return f"{said[:start]}\n...{said[end:]}"


def fill(page: str) -> str:
    """Return the page with the output of every block made anew."""

    def block(match: re.Match[str]) -> str:
        said = shorten(
            run(match["command"], code=bool(match["code"])), match["first"], match["until"]
        )
        shown = f"$ {match['command']}\n{said}"
        return f"{match['start']}```console\n{shown}\n```\n{match['end']}"

    return BLOCK.sub(block, page)


def pages() -> Pages:
    """Return every page that shows output, as it should stand."""
    return {path: fill(path.read_text(encoding="utf-8")) for path in PAGES}


if __name__ == "__main__":
    sys.exit(main(pages))
