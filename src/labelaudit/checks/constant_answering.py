"""An annotator gives one answer to nearly everything, or for far too long in a row.

Looks for
---------
Annotators whose labels vary at most `max_entropy_fraction` as much as the others' on the same
items (entropies), and runs of one label far longer than those items called for. Combined with
the other hints in one control: see `pattern-answering`.

Why it matters
--------------
Where one label dominates, somebody who always gives it agrees well with everybody and adds
nothing. On other labels they are always wrong.

Example
-------
`one-sided: "cat" is 100% of the answers on 75 shared units, the others' answers there are 37%
"cat"; longest run 75 answers, where the units called for 5`

What to do
----------
Look at the items named: others saw something else there. A default that was left standing
on the screen, or a queue sorted by label, looks the same.

Policy keys
-----------
`[checks.constant-answering]` `max_entropy_fraction` (0 to 1, default 0.5). `unknown` below 20
shared units with more than one label, for five people or more. Runs are looked at where times
order the work.

References
----------
Basharin (1959), Theory of Probability and its Applications 4(3), 333-336; Johnson (2005),
Journal of Research in Personality 39(1), 103-129.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from labelaudit.checks.people import (
    about,
    alone,
    comparable,
    hinted_by,
    incomparable,
    not_testable,
    some_items,
)
from labelaudit.conduct import Floors

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from labelaudit.behaviour import Signal
    from labelaudit.checks.evidence import Evidence
    from labelaudit.conduct import Conduct
    from labelaudit.model import Finding

NAME = "constant-answering"
KEYS: Mapping[str, float] = {"max_entropy_fraction": Floors().entropy}
_RUN = "long-run"


def look(evidence: Evidence) -> Iterator[Finding]:
    """Yield one finding per one-sided annotator, or why nobody could be compared."""
    yield from incomparable(NAME, evidence, agreement=False)
    for conduct in comparable(evidence, agreement=False):
        mix, run = conduct.hint(NAME), conduct.hint(_RUN)
        assert mix is not None
        assert run is not None
        yield from not_testable(NAME, conduct, mix)
        one_sided, runs = hinted_by(conduct, NAME), hinted_by(conduct, _RUN)
        for code, adjusted in sorted({**one_sided, **runs}.items()):
            yield _finding(conduct, (mix, run), code, adjusted)


def _finding(
    conduct: Conduct, signals: tuple[Signal, Signal], code: int, adjusted: float
) -> Finding:
    mix, run = signals
    own, among = conduct.seen.label_shares
    label = int(own[code].argmax())
    share, usual, units = float(own[code, label]), float(among[code, label]), int(mix.count[code])
    said = (
        f'one-sided: "{conduct.labels[label]}" is {share:.0%} of the answers on {units:,} shared'
        f" units, the others' answers there are {usual:.0%}"
        f' "{conduct.labels[label]}"'
    )
    longest = int(run.score[code]) if run.testable[code] else None
    called_for = int(run.score[code] - run.effect[code]) if run.testable[code] else None
    if run.p[code] < 1:
        said += f"; longest run {longest:,} answers, where the units called for {called_for:,}"
    return about(
        NAME,
        conduct,
        code,
        said,
        {
            "label": conduct.labels[label],
            "share": share,
            "usual_share": usual,
            "entropy_ratio": float(mix.score[code]) if mix.testable[code] else None,
            "longest_run": longest,
            "usual_run": called_for,
            "units": units,
            "adjusted_p": adjusted,
            "items": some_items(conduct, alone(conduct, code)),
        },
    )
