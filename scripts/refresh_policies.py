"""Write docs/policies.md again: the starting policies, from their own pages."""

from __future__ import annotations

import inspect
import re
import sys
from typing import TYPE_CHECKING

from generated import ROOT, main

from labelaudit.configuration.write_policy import policy_for
from labelaudit.starting import POLICIES

if TYPE_CHECKING:
    from generated import Pages

    from labelaudit.starting.start import Starting

PAGE = ROOT / "docs" / "policies.md"
HEADING = re.compile(r"^(\S.*)\n-{3,}$", re.MULTILINE)
HEAD = """# Starting policies

One threshold does not fit all questions: what is a bad batch of road signs is a good one of
opinions. `labelaudit init DATA --policy NAME` writes the numbers of one of these into
`labelaudit.toml`, each with a comment; from then on they are yours. `labelaudit explain NAME`
shows the same text in the terminal. What each key does: [gate.md](gate.md#the-policy).

| policy | for |
| --- | --- |
"""


def section(starting: Starting) -> str:
    """Return a policy's page, and the tables it writes where there is gold."""
    body = HEADING.sub(r"### \1\n", inspect.cleandoc(starting.__doc__ or ""))
    table = policy_for(starting, has_gold=True).strip()
    return f"## {starting.NAME}\n\n{body}\n\n```toml\n{table}\n```\n"


def pages() -> Pages:
    """Return the page as it should stand."""
    rows = "".join(
        f"| [{one.NAME}](#{one.NAME}) | {(one.__doc__ or '').splitlines()[0]} |\n"
        for one in POLICIES
    )
    return {PAGE: f"{HEAD}{rows}\n" + "\n".join(map(section, POLICIES))}


if __name__ == "__main__":
    sys.exit(main(pages))
