"""Write docs/what-is-found.md again: what the simulations of bench/ find, miss and name wrongly."""

from __future__ import annotations

import re
import sys
from typing import TYPE_CHECKING

from generated import ROOT, main

if TYPE_CHECKING:
    from collections.abc import Iterator

    from generated import Pages

PAGE = ROOT / "docs" / "what-is-found.md"
PEOPLE_STUDY = ROOT / "bench" / "worlds.md"
DRIFT_STUDY = ROOT / "bench" / "drift.md"
HEAD = """# What is found, what is missed, and who is named wrongly

Simulated deliveries with planted faults, seeded, so that the same numbers come again. The page
is made from the studies' results (`python scripts/refresh_found.py`);
[bench/worlds.md](../bench/worlds.md) and [bench/drift.md](../bench/drift.md) hold every line,
and how to run them again. Simulated people are stylised: the figures compare methods and
promise nothing about a real vendor. Somebody who pastes items into a model and paces the clicks
is not detectable from an annotation table.

"""
DRIFT = """
## Batches, found and named wrongly

Every line is a study of worlds without any fault, at a nominal 0.05 (charts: any alarm in 40
batches); *found* is the smallest and the largest share found among the worlds with one.

| study | worlds without a fault | false alarms, mean | highest | found, worlds with a fault |
| --- | ---: | ---: | ---: | --- |
"""
LIMITS = """
*Found* holds small batches and small faults as well: with 50 items in 5 documents a move of ten
points of the label mix is found in 3 of 100 batches, and the check says there that it cannot
look. False alarms above 0.08, or more than two standard errors above the published cell of the
same world, are marked **high** in the study.
"""
ROW = re.compile(r"^\| (?P<world>.+?) \| (?P<what>.+?) \| (?P<share>[\d.]+) \+- [\d.]+ \|")
_OURS = ("**", "behaviour part")  # in W1 and W2, which hold other rules to compare with
_OTHERS = ("p < .05 each", "endless", "false-discovery")
_FAULT = re.compile(r"found|power|break within")
_UNKNOWN = "3 NEW"  # under five annotators the check says that it cannot look
_NO_FAULT = "preference 0"  # the one world without a fault in which "found" is a false alarm


def people() -> Iterator[str]:
    """Yield the sections of the study of people."""
    text = PEOPLE_STUDY.read_text(encoding="utf-8")
    yield text[text.index("## Found") :].replace("## Found", "## People, found", 1)


def drift_sections() -> Iterator[tuple[str, list[tuple[str, str, float]]]]:
    """Yield each section of the study of batches with its lines: world, what, share."""
    for part in DRIFT_STUDY.read_text(encoding="utf-8").split("\n## ")[1:]:
        title, _, body = part.partition("\n")
        found = [ROW.match(line) for line in body.splitlines()]
        yield title, [(m["world"], m["what"], float(m["share"])) for m in found if m]


def is_ours(title: str, world: str, what: str) -> bool:
    """Say whether a line is a test of ours, not one that it is compared with."""
    if world.startswith(_UNKNOWN):
        return False
    if title.startswith(("W1", "W2")):
        return what.startswith(_OURS)
    return not any(word in what for word in _OTHERS)


def is_false(world: str, what: str) -> bool:
    """Say whether nothing is wrong in the world of this line."""
    if world.endswith(_NO_FAULT):
        return True
    return not _FAULT.search(what) and "->" not in world and "TV .10" not in world


def lines() -> Iterator[str]:
    """Yield a line of the table for every study of batches; those of W1 are one."""
    studies: dict[str, list[tuple[bool, float]]] = {}
    for title, cells in drift_sections():
        if "cause" in title:
            continue
        name = re.sub(r" \(.*|, .*", "", title)
        studies.setdefault(name, []).extend(
            (is_false(world, what), share)
            for world, what, share in cells
            if is_ours(title, world, what)
        )
    for name, shares in studies.items():
        alarms = [share for false, share in shares if false]
        yield line(name, alarms, [share for false, share in shares if not false])


def line(title: str, false: list[float], found: list[float]) -> str:
    """Write one line: how often a test cries without cause, and how often with one."""
    mean = sum(false) / len(false)
    span = f"{min(found):.2f} to {max(found):.2f} in {len(found)}" if found else "-"
    return f"| {title} | {len(false)} | {mean:.3f} | {max(false):.3f} | {span} |\n"


def pages() -> Pages:
    """Return docs/what-is-found.md as it should stand."""
    return {PAGE: "".join([HEAD, "\n", *people(), DRIFT, *lines(), LIMITS])}


if __name__ == "__main__":
    sys.exit(main(pages))
