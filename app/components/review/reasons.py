"""Why a card is on the desk, in a sentence: words for every reason code and check."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.components.review.votes import counted
from labelaudit.safe import visible

if TYPE_CHECKING:
    from labelaudit.review import Flag

REASONS = {
    "tied": "Annotators are tied",
    "ambiguous": "Reliable annotators stand by two labels, so the item or guideline may be unclear",
    "overruled": "Most annotators chose one label, but the more reliable ones another",
    "split": "Annotators disagree",
    "doubtful-annotators": "Annotators agree, but how reliable they are is not known well",
    "one-label": "Only one annotator labeled this item",
    "differs-from-gold": "The answers go against the known answer",
    "no-consensus": "Nothing settles which label is right",
}
CHECKS = {
    "agreement-drift": "agreement changed in this batch",
    "anchoring": "answers follow the suggestion that was shown",
    "annotator-below-peers": "an annotator here is below peers",
    "annotator-decay": "an annotator here gets worse over time",
    "annotator-gold-accuracy": "an annotator here misses known answers",
    "annotators-copying": "two annotators give the same answers more often than chance allows",
    "back-filled-consensus": "labels look filled in after the fact",
    "conflicting-duplicates": "one annotator answered twice and differently",
    "constant-answering": "an annotator here gives one answer to nearly everything",
    "dropped-items": "items of the order are missing",
    "duplicate-annotation": "one annotator answered this item more than once",
    "duration-drift": "answering times changed in this batch",
    "error-trend": "errors grow over time",
    "gold-drift": "accuracy on known answers changed",
    "gold-leakage": "known answers seem to be known to annotators",
    "gold-peer-gap": "annotators do better on known items than on others",
    "guideline-change": "answers changed at once, as after a new guideline",
    "impossible-throughput": "answers came faster than anybody can read",
    "invalid-row": "a row about this item was rejected",
    "label-bias": "an annotator here leans towards one label",
    "label-drift": "the mix of labels changed in this batch",
    "label-not-in-domain": "a label is not one of the allowed ones",
    "learning-curve": "annotators here were still learning",
    "low-agreement": "agreement in this batch is below the limit",
    "low-gold-accuracy": "accuracy on known answers is below the limit",
    "missing-label": "a label is missing",
    "near-alias": "a label is written almost like another one",
    "overlapping-work": "answers were given at the same time",
    "padding": "the delivery seems padded with repeated work",
    "pattern-answering": "an annotator here answers in a pattern",
    "response-time": "answers came unusually fast or slow",
    "reviewer-rubber-stamping": "a reviewer of the vendor accepts nearly everything",
    "selective-redundancy": "extra labels went to chosen items only",
    "thin-overlap": "too few items were labeled by several annotators",
    "uneven-flags": "one annotator or vendor has most of the flags",
    "unlike-staff": "answers differ from those of known staff",
    "unusable-gold": "the known answers of this item contradict each other",
    "unusable-times": "times of this item cannot be used",
}
BY_CHANCE = "Drawn by chance, so that the rate of errors can be told."


def sentence(flag: Flag, *, blind: bool = False) -> str:
    """Return why a flag is on the desk; in blind mode nothing of what others answered.

    Examples
    --------
    >>> from types import SimpleNamespace as Flag
    >>> sentence(Flag(reasons=("tied",), votes="2 x cat, 2 x dog", gold=None, drawn="risk"))
    'Annotators are tied: 2 chose cat, 2 chose dog.'

    """
    if blind:
        return "Decide on the item alone: what others answered is shown afterwards."
    told = [words for words in (_why(flag), _found(flag)) if words]
    if flag.drawn == "uniform":
        told.insert(0, BY_CHANCE)
    return " ".join(told) or "Put before a reviewer."


def short(reason: str) -> str:
    """Return a reason code or check name in words, for lists and filters."""
    return REASONS.get(reason) or CHECKS.get(reason) or reason


def _why(flag: Flag) -> str:
    code = next((reason for reason in flag.reasons if reason in REASONS), None)
    if code is None:
        return ""
    said = [f"{count} chose {visible(label, 60)}" for count, label in counted(flag.votes)[:4]]
    if code == "differs-from-gold" and flag.gold is not None:
        said.append(f"the known answer is {visible(flag.gold, 60)}")
    return f"{REASONS[code]}: {', '.join(said)}." if said else f"{REASONS[code]}."


def _found(flag: Flag) -> str:
    names = [reason for reason in flag.reasons if reason not in REASONS]
    if not names:
        return ""
    said = "; ".join(CHECKS.get(name, visible(name, 60)) for name in names)
    return f"Checks found: {said}."
