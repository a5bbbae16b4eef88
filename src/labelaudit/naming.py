"""What the columns of a delivery are called, by vendor: only names that leave no doubt count."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

NAMES: dict[str, tuple[str, ...]] = {
    "item": (
        "item", "itemid", "imageid", "image", "unitid", "taskid", "documentid", "docid",
        "exampleid", "sampleid", "hitid", "datarowid", "recordid", "textid", "utteranceid",
        "inputhash", "instanceid", "assignmenttaskid",
    ),
    "annotator": (
        "annotator", "annotatorid", "worker", "workerid", "rater", "raterid", "labeler",
        "labelerid", "labeller", "coder", "coderid", "completedby", "createdby", "userid",
        "contributorid", "performer", "assignmentworkerid",
    ),
    "label": (
        "label", "answer", "response", "annotation", "rating", "category", "judgment",
        "judgement", "choice", "labelvalue",
    ),
    "question": ("question", "questionid", "aspect"),
    "batch": ("batch", "batchid", "batchname", "delivery", "deliveryid"),
    "vendor": ("vendor", "vendorid", "vendorname", "supplier"),
    "gold": ("gold", "goldlabel", "truth", "groundtruth", "goldanswer"),
    "duration_s": (
        "durations", "durationseconds", "seconds", "timespents", "timespentseconds",
        "worktimeinseconds", "leadtime", "secondstolabel",
    ),
    "started_at": ("startedat", "starttime", "accepttime", "assignmentstarted"),
    "submitted_at": (
        "submittedat", "submittime", "completedat", "finishedat", "finished", "createdat",
        "assignmentsubmitted",
    ),
    "attempt": ("attempt",),
    "annotator_kind": ("annotatorkind",),
    "shown_label": ("shownlabel", "prelabel", "preannotation"),
    "reviewer": ("reviewer", "reviewerid", "reviewedby"),
    "reviewed_label": ("reviewedlabel",),
}  # fmt: skip
"""Column names that leave no doubt, without case, spaces and punctuation."""

TOGETHER: dict[frozenset[str], dict[str, str]] = {
    frozenset({"id", "annotationid", "annotator", "leadtime"}): {"item": "id"},
    frozenset({"task", "worker", "label"}): {"item": "task"},
    frozenset({"task", "performer", "output"}): {"item": "task", "label": "output"},
    frozenset({"user", "instanceid"}): {"annotator": "user"},
}
"""Names that leave no doubt only where others stand beside them: Label Studio, Toloka, Potato."""

PREFIXES = {"label": ("answer.", "output:"), "gold": ("golden:",)}
"""How the columns of answers start: at MTurk with `Answer.`, at Toloka with `OUTPUT:`."""
_NO_ANSWERS = ("answer.taskanswers",)  # all answers of a task as one JSON text
_OF_GOLD = "_gold"  # Appen: `color_gold` holds the gold of `color`

WHOLES = ("docid", "documentid", "image", "imageid", "recordid", "taskid", "textid")
PARTS = frozenset(
    f"{part}{end}"
    for part in (
        "seg", "segment", "docseg", "globalseg", "sent", "sentence", "paragraph", "line", "turn",
        "message", "utterance", "span", "token", "region", "box", "object", "frame", "chunk",
    )
    for end in ("", "id", "number", "index")
)  # fmt: skip
"""What a document, image or conversation is made of: there the whole is not what was labeled."""

SET_ASIDE = ("tainted", "assignmentstatus", "wascancelled")
"""Columns in which a vendor marks answers as void or rejected."""

REQUIRED = ("item", "annotator", "label")


@dataclass(frozen=True, slots=True)
class Guess:
    """What the column names say: one column per role, or several that could be it.

    `marks` are columns in which the vendor marks answers as void, which nothing reads.
    """

    found: dict[str, str]
    doubtful: dict[str, tuple[str, ...]]
    marks: tuple[str, ...] = ()

    @property
    def missing(self) -> tuple[str, ...]:
        """Required roles that no column name speaks for."""
        return tuple(
            role for role in REQUIRED if role not in self.found and role not in self.doubtful
        )


def guess(columns: Sequence[str]) -> Guess:
    """Match column names with roles.

    Examples
    --------
    >>> guess(["Item ID", "worker", "label", "notes"]).found
    {'item': 'Item ID', 'annotator': 'worker', 'label': 'label'}
    >>> guess(["doc_id", "seg_id", "rater", "category"]).doubtful
    {'item': ('doc_id', 'seg_id')}

    """
    found: dict[str, str] = {}
    doubtful: dict[str, tuple[str, ...]] = {}
    for role in NAMES:
        matches = tuple(dict.fromkeys(_matches(role, columns)))
        if len(matches) == 1:
            found[role] = matches[0]
        elif matches:
            doubtful[role] = matches
    marks = tuple(column for column in columns if plain(column) in SET_ASIDE)
    return Guess(found, doubtful, marks)


def plain(column: str) -> str:
    """Return a column's name without case, spaces and punctuation."""
    return re.sub(r"[^a-z0-9]", "", column.casefold())


def _matches(role: str, columns: Sequence[str]) -> Iterator[str]:
    """Yield the columns whose names speak for a role."""
    names = {column: plain(column) for column in columns}
    by_company = [
        roles[role]
        for beside, roles in TOGETHER.items()
        if role in roles and beside <= {*names.values()}
    ]
    known = [column for column in columns if names[column] in (by_company or NAMES[role])]
    yield from known or _by_affix(role, columns)
    if role == "item" and any(names[column] in WHOLES for column in known):
        yield from (column for column in columns if names[column] in PARTS)


def _by_affix(role: str, columns: Sequence[str]) -> Iterator[str]:
    """Yield the columns whose names start, or end, as a vendor's do."""
    yield from (column for column in columns if starts_as(role, column))
    if role == "gold":
        ending = (column for column in columns if column.endswith(_OF_GOLD))
        yield from (column for column in ending if column.removesuffix(_OF_GOLD) in columns)


def starts_as(role: str, column: str) -> bool:
    """Say whether a column's name starts as a vendor's names for a role do."""
    name = column.casefold()
    return name.startswith(PREFIXES.get(role, ())) and name not in _NO_ANSWERS
