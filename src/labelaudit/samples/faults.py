"""The planted faults and the story of each batch: one source for README and reader alike."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from labelaudit.model import VerdictName


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing that is wrong in the samples, and the check that sees it."""

    name: str
    where: str
    looks_like: str
    check: str
    status: Literal["found", "planned"]


@dataclass(frozen=True, slots=True)
class Story:
    """What the gate concludes for one batch of the main delivery, and why."""

    batch_id: str
    verdict: VerdictName
    why: str


FAULTS = (
    Fault(
        "a random clicker",
        "`w111` in `nw-03`",
        "75 answers that have nothing to do with the picture",
        "annotator-below-peers",
        "found",
    ),
    Fault(
        "",
        "`nw-03`",
        "agreement on `relevance` falls from the vendor's usual 0.93 to 0.76",
        "agreement-drift",
        "found",
    ),
    Fault(
        "a constant clicker",
        "`w112` in `nw-04`",
        "`cat`, `good`, `50`, 75 times",
        "annotator-below-peers",
        "found",
    ),
    Fault("", "`w112` in `nw-04`", "one answer to everything", "constant-answering", "found"),
    Fault(
        "a speeder",
        "`m212` in `me-03`",
        "looks at every second picture",
        "annotator-below-peers",
        "found",
    ),
    Fault(
        "",
        "`m212` in `me-03`",
        "about 4 s a picture, others about 18 s",
        "response-time",
        "found",
    ),
    Fault(
        "one who degrades",
        "`m211` in `me-02`",
        "over the whole batch, agrees less than the others",
        "annotator-below-peers",
        "found",
    ),
    Fault(
        "",
        "`m211` in `me-02`",
        "careful for 40 % of 160 pictures, then less and less",
        "annotator-decay",
        "found",
    ),
    Fault(
        "",
        "`w111`, `w112`, `m211`, `m212`",
        "29 % to 66 % right on gold, where the policy asks for 90 %",
        "annotator-gold-accuracy",
        "found",
    ),
    Fault(
        "a pair who copy each other",
        "`w113`, `w114` in `nw-05`",
        "170 shared pictures, the same mistakes; `w114` repeats 90 % of `w113`",
        "annotators-copying",
        "found",
    ),
    Fault(
        "a guideline change",
        "`nw-06`",
        "everybody mixes up `cat` and `dog`",
        "low-agreement",
        "found",
    ),
    Fault("", "`nw-06`", "hence many are wrong on gold", "low-gold-accuracy", "found"),
    Fault(
        "", "`nw-06`", "the disagreement sits in one pair of labels", "guideline-change", "found"
    ),
    Fault("", "`nw-06`", "agreement is far below the vendor's usual", "agreement-drift", "found"),
    Fault("", "`nw-06`", "and so is accuracy on gold", "gold-drift", "found"),
    Fault(
        "two names exchanged",
        "`me-05`",
        "all agree on `bird` for `other` and the reverse: only gold can tell",
        "low-gold-accuracy",
        "found",
    ),
    Fault("", "`me-05`", "far below the vendor's usual accuracy", "gold-drift", "found"),
    Fault(
        "label drift",
        "`me-04`",
        "`cat` falls from 35 % to 18 %, `other` rises from 17 % to 34 %; quality is fine",
        "label-drift",
        "found",
    ),
    Fault(
        "a thin batch",
        "`nw-07`",
        "40 pictures, 30 of them with one label only",
        "thin-overlap",
        "found",
    ),
    Fault(
        "labels of another project",
        "`me-06`",
        "4 of 800 labels are `horse` or `lizard`: within `max_rejected_fraction`, a warning",
        "label-not-in-domain",
        "found",
    ),
    Fault(
        "many labels of another project",
        "`me-07`",
        "64 of 800 labels are `horse` or `lizard`: more than `max_rejected_fraction`",
        "label-not-in-domain",
        "found",
    ),
    Fault(
        "missing labels",
        "`me-06`",
        "96 of 800 answers to `quality` are empty",
        "missing-label",
        "found",
    ),
    Fault(
        "a repeated annotation",
        "`nw-08` in `repeated/`",
        "3 people answered a picture twice, differently: the audit stops (exit 4); "
        'with `duplicates = "first"` it goes on',
        "duplicate-annotation",
        "found",
    ),
)

STORIES = (
    Story("nw-01", "accept", "clean"),
    Story("nw-02", "accept", "clean"),
    Story("nw-03", "review", "agreement passes, but gold accuracy hangs on one person (`w111`)"),
    Story("nw-04", "review", "agreement passes, but gold accuracy hangs on one person (`w112`)"),
    Story("nw-05", "accept", "copying looks like good agreement to these thresholds"),
    Story("nw-06", "reject", "agreement on `label` and gold accuracy are below their floors"),
    Story("nw-07", "review", "too few pictures with two labels to decide anything"),
    Story("me-01", "accept", "clean; half of its pictures are also in `nw-01`"),
    Story("me-02", "review", "agreement passes, but gold accuracy hangs on one person (`m211`)"),
    Story("me-03", "review", "agreement passes, but gold accuracy hangs on one person (`m212`)"),
    Story("me-04", "accept", "another mix of animals, labelled well"),
    Story("me-05", "reject", "agreement is high and gold accuracy is below its floor"),
    Story(
        "me-06", "review", "one `quality` in eight is empty; 4 rejected rows are within the limit"
    ),
    Story("me-07", "reject", "too many rejected rows"),
)
