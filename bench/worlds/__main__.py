"""Write bench/worlds.md: `python -m bench.worlds [--runs 100] > bench/worlds.md`."""

from __future__ import annotations

import argparse

from bench.worlds.explaining import marked
from bench.worlds.groups import groups
from bench.worlds.judging import judged
from bench.worlds.page import explained, found, named
from bench.worlds.world import WORLDS, delivered

_SEED = 1_000
_TEXT = """\
# What the signals find, and whom they name wrongly

Written by `python -m bench.worlds`: {runs} seeded deliveries of every world, each of 60
annotators ("small": 14). Simulated people are stylised: these figures compare methods, they
promise nothing about a real vendor. Somebody who pastes units into a model and paces the clicks
is not detectable from an annotation table.

## Found

Share of each kind of person that the suite flags (false discovery rate 0.10 over people), and of
copying pairs. In brackets the reference simulation of the same worlds (15 or 20 deliveries
each); a share more than two standard errors under it is marked **low**.

{found}

*Random* answers uniformly, *constant* gives one label, *prior* draws from the right shares, *fast*
is right 62% of the time at a quarter of the pace, *degrading* loses up to 65% of the accuracy
after 40% of the work, *pattern* cycles the labels, *gold-known* knows the gold units and guesses
the rest; every second random, constant, prior and pattern person takes the usual time. A *copying
pair* shares 90% of the answers on units both have.

## Named wrongly

False share: honest people among all that the suite or a pair names, mean over deliveries. Most
honest people named by agreement are far less accurate than the rest: a finding of quality, which
is why the words are "below peers".

{named}

## Which signal points where

World "base"; share of each kind that a signal marks by itself (Benjamini-Hochberg at 0.10).

{explained}

## A group with a view of its own

A minority labels contested units one label up, by a consistent norm. Scored within the group,
its members are compared with each other.

{groups}

## What is missed

- *Copying*: nobody who copies stands out alone, people who copy agree *more*. Only the pair test
  sees them, and it needs 25 shared units; below it says "not testable".
- *Degrading* needs about 125 answers a person; with 50 or 75 most of it stays unseen.
- *Three of five people unlike the rest*: the rest is a weak yardstick then; above a fifth the
  suite says `crowded`, and gold or an audit must decide.
- *Gold known in advance*, where one label dominates: guessing the usual label is nearly as good
  as knowing.
- *Few people*: the spread between 14 people is poorly known, so more ordinary ones are named.
- *Pooled scoring* flags a minority with a consistent norm; declare the group, or the question
  subjective.
"""


def main() -> None:
    """Run every world and print the page."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=int, default=100)
    runs = parser.parse_args().runs
    seeds = range(_SEED, _SEED + runs)
    worlds = {
        name: [judged(delivered(world, seed)) for seed in seeds] for name, world in WORLDS.items()
    }
    print(
        _TEXT.format(
            runs=runs,
            found=found(worlds),
            named=named(worlds),
            explained=explained(marked("base", seeds)),
            groups=groups(seeds),
        ),
        end="",
    )


if __name__ == "__main__":
    main()
