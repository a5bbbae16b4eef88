"""`labelaudit plan`: how many items, labels and annotators a decision needs."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import click

from labelaudit.cli.output import show
from labelaudit.cli.shared import json_option
from labelaudit.errors import UsageError

if TYPE_CHECKING:
    from labelaudit.designs import Ask
    from labelaudit.pilots import Pilot
    from labelaudit.plans import Plan
    from labelaudit.settings import Limits, Policy

FLOORS = {"krippendorff-alpha": (0.667, 0.80), "gold-accuracy": (0.90, 0.95)}
_RISK = click.FloatRange(0, 0.5, min_open=True, max_open=True)
_FRACTION = click.FloatRange(0, 1)
_PRICE = click.FloatRange(0)


@click.command()
@click.argument(
    "run", required=False, type=click.Path(exists=True, path_type=Path), metavar="[RUN]"
)
@click.option(
    "-c",
    "--config",
    type=click.Path(dir_okay=False, path_type=Path),
    help="Take floors, targets and risks from its policy.",
)
@click.option("--mix", metavar="A,B,...", help="Shares of the labels to expect, such as 90,10.")
@click.option("--gold", is_flag=True, help="Plan gold answers only.")
@click.option(
    "--floor",
    type=_FRACTION,
    help="What must not be accepted, of one measure.  [default: 0.667; of gold 0.90]",
)
@click.option(
    "--target",
    type=_FRACTION,
    help="What a good vendor delivers: the plan assumes it.  [default: 0.80; of gold 0.95]",
)
@click.option("--consumer-risk", type=_RISK, help="A batch at the floor may pass.  [default: 0.05]")
@click.option("--producer-risk", type=_RISK, help="One at the target may not.  [default: 0.10]")
@click.option(
    "--rho",
    type=_FRACTION,
    default=0.03,
    show_default=True,
    help="How alike the errors of one annotator are, on gold, without a pilot.",
)
@click.option("--annotators", type=click.IntRange(1), help="How many people give gold answers.")
@click.option(
    "--labels-each", type=click.IntRange(1), help="How many labels one annotator can give."
)
@click.option("--label-price", type=_PRICE, default=1.0, show_default=True, help="Of one label.")
@click.option("--item-price", type=_PRICE, default=0.0, show_default=True, help="Of one item more.")
@json_option
def plan(
    run: Path | None,
    config: Path | None,
    mix: str | None,
    rho: float,
    annotators: int | None,
    *,
    gold: bool,
    as_json: bool,
    **choices: float | None,
) -> int:
    """Plan how many items, labels per item and annotators a decision needs.

    Plans from a pilot (RUN, a run folder), from an assumed label mix, or for gold
    answers from assumed likeness of errors. Compares 2, 3 and 5 labels per item by cost.

    \b
    Examples:
      labelaudit plan --mix 90,10 --floor 0.667 --target 0.8
      labelaudit plan runs/latest -c labelaudit.toml --label-price 0.08
      labelaudit plan --gold --rho 0.1 --annotators 12
    """
    from labelaudit.plans import assumed_agreement, assumed_gold
    from labelaudit.reports import plan_table

    if (run is not None) + (mix is not None) + (gold and run is None) != 1:
        raise click.UsageError("name one of: RUN of a pilot, --mix 90,10, or --gold")
    policy = _policy(config)
    given = {name: value for name, value in choices.items() if value is not None}
    if run is not None:
        plans = _of_pilots(run, policy, given, gold=gold)
    elif mix is not None:
        plans = [assumed_agreement(_shares(mix), _ask(policy, "krippendorff-alpha", "", given))]
    else:
        ask = _ask(policy, "gold-accuracy", "", given)
        plans = [assumed_gold(rho, annotators, ask)]
    show(plan_table.as_json(plans) if as_json else plan_table.as_text(plans))
    return 0


def _policy(config: Path | None) -> Policy:
    from labelaudit.project import load_project
    from labelaudit.settings import Policy

    return load_project(config).policy if config else Policy()


def _of_pilots(run: Path, policy: Policy, given: dict[str, float], *, gold: bool) -> list[Plan]:
    from labelaudit.pilots import ALPHA, GOLD, read_pilots
    from labelaudit.plans import from_pilot

    wanted = {limits.coefficient for limits in _all_limits(policy)} | {ALPHA}
    one_floor = "floor" in given or "target" in given  # it is of agreement, or with --gold of gold
    measures = [GOLD] if gold else [*sorted(wanted), *([] if one_floor else [GOLD])]
    pilots = read_pilots(run, measures)
    return [from_pilot(pilot, _ask_of(pilot, policy, given)) for pilot in pilots]


def _all_limits(policy: Policy) -> list[Limits]:
    return [policy.limits, *(policy.limits_for(name, ()) for name in policy.questions)]


def _ask_of(pilot: Pilot, policy: Policy, given: dict[str, float]) -> Ask:
    estimate = pilot.estimate
    return _ask(policy, estimate.coefficient, estimate.question_id or "", given)


def _ask(policy: Policy, measure: str, question: str, given: dict[str, float]) -> Ask:
    """Return what to plan for: what was given, else the policy's, else the usual."""
    from labelaudit.designs import Ask

    limits = policy.limits_for(question, ())
    of = "accuracy" if measure == "gold-accuracy" else "agreement"
    usual = FLOORS.get(measure, FLOORS["krippendorff-alpha"])
    floor, target = (
        value if value is not None else default
        for value, default in zip(
            (getattr(limits, f"min_{of}"), getattr(limits, f"target_{of}")), usual, strict=True
        )
    )
    risks = policy.consumer_risk, policy.producer_risk
    ask = replace(Ask(floor, target, *risks), **given)  # type: ignore[arg-type]
    return _possible(ask)


def _possible(ask: Ask) -> Ask:
    if ask.floor < ask.target < 1:
        return ask
    problem = f"expected floor < target < 1, found floor {ask.floor:g}, target {ask.target:g}"
    step = "the floor is what you must not accept, the target what a good vendor delivers"
    raise UsageError("--floor, --target", problem, next_step=step)


def _shares(mix: str) -> tuple[float, ...]:
    try:
        shares = tuple(float(part) for part in mix.split(","))
    except ValueError:
        shares = ()
    if len(shares) < 2 or not all(0 < share < float("inf") for share in shares):
        raise click.UsageError(
            f"--mix {mix}: expected two shares or more above 0, such as 90,10 or 0.5,0.3,0.2"
        )
    return shares
