"""`labelaudit init`: sniff a delivery and write a commented labelaudit.toml."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from labelaudit.cli.output import say, show
from labelaudit.cli.progress import working
from labelaudit.cli.shared import briefly, data_argument
from labelaudit.safe import visible

if TYPE_CHECKING:
    from collections.abc import Iterator

    from labelaudit.configuration.draft import Draft
    from labelaudit.configuration.scales import Proposal
    from labelaudit.starting.start import Starting
    from labelaudit.uploads import Look

_SHOWN_LABELS = 12


@click.command()
@data_argument
@click.option(
    "-o",
    "--output",
    type=click.Path(dir_okay=False, path_type=Path),
    default=Path("labelaudit.toml"),
    show_default=True,
    help="Where to write the configuration.",
)
@click.option(
    "--policy",
    metavar="NAME",
    help="Start from a named policy, written out in numbers: objective-classification,"
    " ordinal-rating, subjective, gold-only or safety-critical; labelaudit explain NAME says why.",
)
@click.option("--force", is_flag=True, help="Replace a configuration that is there.")
def init(data: tuple[str, ...], output: Path, policy: str | None, *, force: bool) -> int:
    """Sniff a delivery, write labelaudit.toml, say what is understood and what is not.

    \b
    Example:
      labelaudit init delivery/ -o labelaudit.toml
      labelaudit init delivery/ --policy ordinal-rating
    """
    from labelaudit.errors import UsageError

    if output.exists() and not force:
        raise UsageError(str(output), "is there already", next_step="--force replaces it")
    starting = _starting(policy)
    found = _look(data)
    try:
        output.write_text(found.toml(starting), encoding="utf-8")
    except OSError as error:
        raise UsageError(
            str(output), f"cannot be written: {error.strerror}", next_step="name another with -o"
        ) from error
    show("\n".join(_understood(found.draft)))
    show(f"Wrote {output}. Next: {_next(found.draft, output)}")
    return 0


def _starting(name: str | None) -> Starting | None:
    from labelaudit.configuration.tables import nearest
    from labelaudit.errors import UsageError
    from labelaudit.starting import POLICIES

    known = {starting.NAME: starting for starting in POLICIES}
    if name is not None and name not in known:
        problem = f"no starting policy is called {name!r}"
        raise UsageError("--policy", problem, next_step=nearest(name, known))
    return known[name] if name else None


def _look(data: tuple[str, ...]) -> Look:
    from labelaudit.uploads import look

    with working("reading", data):
        found = look(data)
    for line in briefly(found.said, found.files):
        say(line)
    say(f"{found.rows:,} rows, {len(found.columns)} columns")
    return found


def _understood(draft: Draft) -> Iterator[str]:
    yield "Understood:"
    for role, column in draft.roles.items():
        yield f"  {role:14} {visible(column)}"
    if draft.annotators:
        yield f"  annotators     {visible(', '.join(draft.annotators))}"
    for question in draft.questions:
        yield f"  question       {visible(_asked(question))}"
    if draft.unused:
        yield f"  not used       {visible(', '.join(draft.unused), 400)}"
    unsure = tuple(draft.unsure())
    if unsure:
        yield "Please settle:"
        yield from (f"  {visible(line, 400)}" for line in unsure)


def _asked(question: Proposal) -> str:
    labels = ", ".join(question.labels[:_SHOWN_LABELS])
    more = f" ... ({len(question.labels)} labels)" if len(question.labels) > _SHOWN_LABELS else ""
    return f"{question.name}: {question.scale}{', ' if labels else ''}{labels}{more}"


def _next(draft: Draft, output: Path) -> str:
    audit = f"labelaudit audit DATA -c {output}"
    return f"settle what is OPEN there, then {audit}" if draft.blocks else audit
