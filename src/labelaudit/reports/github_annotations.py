"""GitHub workflow commands: the gravest findings as annotations of the pull request.

The runner shows ten of a kind in a step, so no more are written; the last says how many are
left out. Print them to a step's log: `--report github-annotations=-`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from labelaudit.reports.places import Places
from labelaudit.reports.told import level, place, results, waivers_of
from labelaudit.safe import visible

if TYPE_CHECKING:
    from labelaudit.model import Finding
    from labelaudit.reports.documents import Documents

MAX_ANNOTATIONS = 10
MAX_CHARACTERS = 400
_LOUD = {"error": 0, "warning": 1}
_DATA = {"%": "%25", "\r": "%0D", "\n": "%0A"}
_PROPERTY = {**_DATA, ":": "%3A", ",": "%2C"}


def render(documents: Documents) -> str:
    """Return workflow commands, one a line, errors first."""
    loud = [
        found
        for found in results(documents)
        if level(found) in _LOUD and not waivers_of(documents, found)
    ]
    ranked = sorted(loud, key=lambda found: _LOUD[level(found)])
    left = documents.left_out("findings")
    cut = len(ranked) + bool(left) > MAX_ANNOTATIONS
    shown = ranked[: MAX_ANNOTATIONS - 1] if cut or left else ranked
    places = Places(documents)
    lines = [_command(found, places) for found in shown]
    if more := len(ranked) - len(shown) + left:
        lines.append(f"::notice title=labelaudit::{more:,} more findings are in the report")
    return "".join(f"{line}\n" for line in lines)


def _command(found: Finding, places: Places) -> str:
    about = {"title": f"{found.check}: {place(found)}"}
    if places.has(found.batch_id):
        about["file"] = places.of(found.batch_id)
    properties = ",".join(f"{name}={_escaped(value, _PROPERTY)}" for name, value in about.items())
    return f"::{level(found)} {properties}::{_escaped(found.message, _DATA)}"


def _escaped(text: str, marks: dict[str, str]) -> str:
    r"""Return text in which nothing ends a workflow command, or starts another.

    Examples
    --------
    >>> _escaped("50%\n::error::x, y", _DATA)
    '50%25\\n::error::x, y'

    """
    return "".join(marks.get(character, character) for character in visible(text, MAX_CHARACTERS))
