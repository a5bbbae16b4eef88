"""Every key that `labelaudit.toml` may hold: its kind, and what it says, in one line.

The parser reads by these tables, and the JSON Schema for editors is made from them.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, get_args

from labelaudit.model import SCALES, DuplicatePolicy, Nature, Severity
from labelaudit.readers import READERS
from labelaudit.settings import OnInconclusive, OnUnknown

if TYPE_CHECKING:
    from collections.abc import Mapping

Kind = Literal["text", "texts", "fraction", "number", "count", "flag"]


@dataclass(frozen=True, slots=True)
class Key:
    """One key: the kind of its value, what it says, and the values it allows (all, if none)."""

    kind: Kind
    what: str
    choices: tuple[str, ...] = ()


Keys = dict[str, Key]


DELIVERY: Keys = {
    "reader": Key("text", "How files are read; omit to sniff.", tuple(READERS)),
    "vendor": Key("text", "Who delivered all of it."),
    "duplicates": Key(
        "text", "When the same annotator is twice on a unit.", get_args(DuplicatePolicy)
    ),
    "missing": Key("texts", "Cell texts that stand for no value, besides the empty cell."),
    "timezone": Key("text", "Zone of times that carry none, such as Europe/Berlin."),
    "time_format": Key("text", "strptime format of times, or epoch-s, or epoch-ms."),
    "max_bytes": Key("count", "How many bytes the delivery may unpack to."),
    "manifest": Key("text", "CSV file of the items that were sent, beside this file."),
}
COLUMNS: Keys = {
    "item": Key("text", "The thing shown to people."),
    "annotator": Key("text", "Who answered."),
    "annotators": Key("texts", "The columns of people, where each has one."),
    "label": Key("text", "The answer."),
    "question": Key("text", "Which question a row answers, where rows are long in questions."),
    "batch": Key("text", "What is judged as a whole; omitted, it is the file's name."),
    "vendor": Key("text", "Who delivered the row."),
    "gold": Key("text", "The trusted label."),
    "duration_s": Key("text", "How many seconds the answer took."),
    "started_at": Key("text", "When the annotator began."),
    "submitted_at": Key("text", "When the annotator answered."),
    "attempt": Key("text", "The number of a revision: the highest counts."),
    "annotator_kind": Key("text", "human, model, gold, ... : who counts for agreement."),
    "document": Key("text", "What the item was cut from: items of one document vary together."),
    "content": Key("text", "The text of the item, to find copies under other ids."),
    "group": Key("text", "A group of annotators, to compare flags and agreement by."),
    "shown_label": Key("text", "The label a model proposed on the screen; empty: none was shown."),
    "reviewer": Key("text", "Who reviewed the answer."),
    "reviewed_label": Key("text", "The label after the review."),
}
QUESTION: Keys = {
    "scale": Key("text", "How labels are read.", SCALES),
    "labels": Key("texts", "The labels allowed; on the ordinal scale lowest first."),
    "nature": Key("text", "Whether disagreement is error.", get_args(Nature)),
    "column": Key("text", "The column of its answers, where each question has one."),
    "gold": Key("text", "The column of its trusted labels."),
}
GOLD: Keys = {
    "min_accuracy": Key("fraction", "Floor: accuracy on gold that must not be accepted."),
    "target_accuracy": Key("fraction", "Accuracy that a good vendor delivers."),
    "finite_lot": Key(
        "flag", "Answers on gold were drawn at random from the batch's: judge these answers alone."
    ),
}
DRIFT: Keys = {
    "baseline_batches": Key("texts", "Batches that all others are compared with."),
    "first_batches_count": Key("count", "How many of the first batches are the baseline."),
}
PRIVACY: Keys = {
    "key_env": Key("text", "Environment variable that holds the secret for pseudonyms."),
}
GATE: Keys = {
    "consumer_risk": Key("fraction", "How often a batch at the floor may pass."),
    "producer_risk": Key("fraction", "How often a batch at the target may not pass."),
    "max_looks": Key("count", "How many looks at a batch share the risk, with a ledger: 1 to 4."),
}
GATE_FILES: Keys = {
    "waivers": Key("text", "TOML file of the waivers, beside this file."),
    "ledger": Key("text", "JSON Lines file of what the gate decided, beside this file."),
}
QUEUE: Keys = {
    "max_items_count": Key("count", "Units in the review queue of a question at most."),
    "uniform_fraction": Key("fraction", "Share of the queue drawn uniformly, 0.10 to 0.15."),
    "max_annotator_fraction": Key(
        "fraction", "Share of the queue that one annotator's disagreements may fill."
    ),
    "max_batch_fraction": Key("fraction", "Share of the queue that one batch may fill."),
}
RELABEL: Keys = {
    "price_per_label": Key("number", "What another label costs, in your currency."),
    "min_gain_fraction": Key("fraction", "Wrong labels fewer that a label must promise."),
}
REVIEW: Keys = {
    "leads": Key("texts", "Who may do everything in the review app, by the name they log in with."),
    "reviewers": Key("texts", "Who may decide in the review app; others may only look."),
    "show": Key("texts", "Columns of the delivery that a card shows, in this order."),
    "pair": Key("texts", "Two columns that a card shows side by side."),
    "image": Key("text", "The column with the path of a picture under `media`."),
    "media": Key("text", "Folder of the pictures that may be shown, beside this file."),
}
POLICY: Keys = {
    "max_rejected_fraction": Key("fraction", "Share of rejected rows a batch may have."),
    "required_checks": Key("texts", "Checks whose `unknown` is no pass."),
    "on_unknown": Key("text", "What the `unknown` of a required check costs.", get_args(OnUnknown)),
}


def limit_keys(coefficients: tuple[str, ...]) -> Keys:
    """Return the keys of limits that questions and vendors may override."""
    return {
        "coefficient": Key("text", "What `min_agreement` is set on.", coefficients),
        "min_agreement": Key("fraction", "Floor: agreement that must not be accepted."),
        "target_agreement": Key("fraction", "Agreement that a good vendor delivers."),
        "on_inconclusive": Key("text", "What an undecided floor costs.", get_args(OnInconclusive)),
    }


SEVERITY: Keys = {
    "severity": Key(
        "text",
        "How severe its breaches are: high sends the batch to review, the others do not.",
        get_args(Severity),
    ),
}
"""For checks that do not reject by themselves."""


def check_keys(defaults: Mapping[str, float]) -> Keys:
    """Return a check's own keys: their names say their kind."""
    return {
        name: Key(
            "fraction"
            if name.endswith("_fraction")
            else "count"
            if name.endswith("_count")
            else "number",
            f"Default {value:g}.",
        )
        for name, value in defaults.items()
    }
