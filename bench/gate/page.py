"""The words around the tables."""

from __future__ import annotations

PAGE = """\
# How often the gate is wrong

Written by `python -m bench.gate`: seeded simulations in worlds whose truth is known, each
decision through the code that `labelaudit gate` runs (estimate, bounds as `audit.json` holds
them, looks as the ledger counts them). Numbers in brackets were published for the same worlds
before this code was written; they rest on 800 repetitions (gold: 20,000), so they vary by about
.01.

An item is clear with probability alpha, and then everybody gives one label drawn from the label
mix; else each annotator draws for himself. Label mixes: .4/.3/.2/.1 ("balanced") and 90/10.
Floor .667, target .80, consumer's risk .05, producer's risk .10. The true alpha of .6669 is just
under the floor: what is accepted there is accepted wrongly.

## One look at the full level

{one_look_runs:,} batches a line. "Hard flips": the chance that one of two equal batches passes
and the other fails. A **point gate** accepts what is exactly at its limit half of the time at
any size, and two equal batches differ half of the time. The last column is the same batch at the
first of four looks, with a ledger: at the full level where the batch has the planned size, else
at a tenth of the risk.

{one_look}

## Topped up through four looks

{top_ups_runs:,} batches a cell: accepted at each true alpha. The first look is at a third of n*
(50 items at the least), the fourth at n*, and with spending at 1.25 n*. A bound that is used
again at each look as if it were the only one accepts too often; spending the risk does not. A
batch delivered whole at n* passes nearly as often as with one look: n* is estimated from the
batch itself, so a first delivery of three quarters of it counts as whole.

{top_ups}

## Gold whose errors come by annotator

{gold_runs:,} batches a line, accuracy .90 at a floor of .90. Annotators share the answers
equally; their accuracies are Beta with intraclass correlation rho. Known limit: with 6 to 12
annotators and rho .10 the gate is slightly liberal (up to .08).

{gold}

True accuracy .97, {gold_power_runs:,} batches a line:

{gold_power}

Topped up through four looks to 1.25 times the size, {gold_top_ups_runs:,} batches a line; .90 is
at the floor:

{gold_top_ups}
"""
