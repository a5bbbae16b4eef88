"""The checks of whole deliveries: each passes, breaches, and says which column it needs."""

from __future__ import annotations

import numpy as np
import pytest

import labelaudit
from batches import GOLD, TIMED, config, crowd, usual
from deliveries import deliver, seen
from labelaudit.conduct import Floors, conducts
from labelaudit.drifting.hardness import redundant

CONTENT, SHOWN = 'content = "text"\n', 'shown_label = "shown"\n'
REVIEWS = 'reviewer = "reviewer"\nreviewed_label = "after"\n'
ANIMALS = ("cat", "dog", "bird", "other")


@pytest.mark.parametrize(
    ("check", "needs"),
    [
        ("selective-redundancy", "duration_s, or content, under [columns]"),
        ("dropped-items", "manifest under [delivery]"),
        ("anchoring", "shown_label under [columns]"),
        ("reviewer-rubber-stamping", "reviewer and reviewed_label under [columns]"),
        ("conflicting-duplicates", "content under [columns]"),
        ("gold-leakage", "gold labels"),
        ("padding", "a question of texts, spans, boxes or sets"),
    ],
)
def test_without_its_column_a_check_says_once_what_it_needs(tmp_path, check, needs):
    (finding,) = seen(tmp_path, usual(2), config(), check)
    assert (finding.outcome, finding.question_id, finding.batch_id) == ("unknown", None, None)
    assert needs in finding.message


def thinned(rows, keep):
    """Leave one answer to some units: those whose number `keep` does not hold."""
    first = {}
    for row in rows:
        first.setdefault(row["item"], row)
    return [row for row in rows if row is first[row["item"]] or keep(row)]


def by_hardness(batch="b1", units=400):
    """Return answers that take longer, and are wrong more often, on hard units."""
    rng = np.random.default_rng(7)
    hard = rng.normal(size=units)
    rows = crowd(batch, units=units, error=0.0)
    for row in rows:
        unit = int(row["item"][-4:])
        row["hard"] = hard[unit] > 0
        row["seconds"] = f"{10 * np.exp(0.6 * hard[unit] + rng.normal(0, 0.3)):.2f}"
        if hard[unit] > 0 and rng.random() < 0.4:
            row["label"] = ANIMALS[rng.integers(4)]
    return rows


@pytest.mark.parametrize(
    ("keep", "outcomes"),
    [
        (lambda row: not row["hard"] or row["item"][-1] == "0", ["breach"]),
        (lambda row: int(row["item"][-1]) < 5, []),
        (lambda _: True, []),
    ],
)
def test_easy_units_chosen_for_several_labels_are_seen(tmp_path, keep, outcomes):
    rows = thinned(by_hardness(), keep)
    found = seen(tmp_path, rows, config(TIMED), "selective-redundancy")
    assert [f.outcome for f in found] == outcomes
    assert all(f.evidence["inflation"] > 0.02 for f in found)


def test_the_first_answer_tells_how_hard_a_unit_is(tmp_path):
    rows = crowd("b1", units=60, people=2, per_unit=2)
    for row in rows:
        row["seconds"] = "30" if row["item"] == "b1-0000" and row["who"] == "w2" else "10"
        row["finished"] = f"2026-03-01T1{0 if row['who'] == 'w2' else 1}:00:00Z"
    data = deliver(tmp_path, rows, config(TIMED))
    with labelaudit.read(data, project=tmp_path / "labelaudit.toml") as annotations:
        (conduct,) = conducts(annotations, Floors()).values()
        ((_, units),) = redundant(conduct)
    assert units.hardness[:2].round(3).tolist() == [1.099, 0.0]


def manifest(tmp_path, text):
    (tmp_path / "sent.csv").write_text(text)
    return f'[delivery]\nmanifest = "sent.csv"\n{config()}'


@pytest.mark.parametrize(("extra", "outcome"), [(0, None), (1, "warning"), (20, "breach")])
def test_items_that_never_came_back_are_counted(tmp_path, extra, outcome):
    rows = usual(1, units=300)
    sent = [*{row["item"] for row in rows}, *(f"gone-{n}" for n in range(extra))]
    own = manifest(tmp_path, "item\n" + "\n".join(sent) + "\n")
    found = seen(tmp_path, rows, own, "dropped-items")
    assert [f.outcome for f in found] == ([outcome] if outcome else [])
    assert all(f.evidence["missing"] == extra for f in found)


def test_as_many_missing_as_are_allowed_are_a_warning(tmp_path):
    rows = usual(1, units=99)
    sent = [*sorted({row["item"] for row in rows}), "gone"]
    (finding,) = seen(
        tmp_path, rows, manifest(tmp_path, "\n".join(["item", *sent])), "dropped-items"
    )
    assert (finding.outcome, finding.evidence["missing"]) == ("warning", 1)


def test_a_manifest_without_items_tells_nothing(tmp_path):
    (finding,) = seen(tmp_path, usual(1, units=3), manifest(tmp_path, "item\n"), "dropped-items")
    assert finding.outcome == "unknown"
    assert "the manifest lists no item" in finding.message


def test_hard_items_that_are_missing_are_told(tmp_path):
    rows = usual(1)
    lines = [f"{item},{n % 7}" for n, item in enumerate(sorted({row["item"] for row in rows}))]
    lines += [f"gone-{n},{6 + n % 3}" for n in range(20)]
    own = manifest(tmp_path, "item,difficulty\n" + "\n".join(lines) + "\n")
    (finding,) = seen(tmp_path, rows, own, "dropped-items")
    assert "of pairs the missing item is the harder one" in finding.message


def test_items_that_were_never_sent_are_a_warning(tmp_path):
    own = manifest(tmp_path, "item,batch\nb1-0001,b1\nb7-0001,b7\n")
    (finding,) = seen(tmp_path, usual(1, units=3), own, "dropped-items")
    assert (finding.outcome, finding.evidence["unexpected"]) == ("warning", 2)


def test_answers_settled_after_the_fact_are_seen_by_their_times(tmp_path):
    first = {}
    rows = usual(2)
    for row in rows:
        row["finished"] = first.setdefault(row["item"], row["finished"])
    found = seen(tmp_path, rows, config(TIMED), "back-filled-consensus")
    assert "lie within 2 s for 100.0% of the pairs" in found[0].message
    assert found[0].outcome == "breach"


def test_a_batch_without_any_disagreement_among_others_stands_out(tmp_path):
    rows = usual(7, error=0.2) + crowd("b8", error=0.0)
    found = seen(tmp_path, rows, config(TIMED), "back-filled-consensus")
    assert [(f.outcome, f.batch_id) for f in found] == [("breach", "b8")]


def test_two_who_never_disagree_but_with_others_are_named(tmp_path):
    rows = usual(2, people=4, error=0.3)
    given = {row["item"]: row["label"] for row in rows if row["who"] == "w1"}
    for row in rows:
        if row["who"] == "w2":
            row["label"] = given.get(row["item"], row["label"])
    found = seen(tmp_path, rows, config(TIMED), "back-filled-consensus")
    breaches = [f.evidence["annotators"] for f in found if f.outcome == "breach"]
    assert breaches == [["w1", "w2"]]


def proposed(follow):
    """Return answers where a model's label, wrong on one unit in three, was shown to some."""
    rng = np.random.default_rng(3)
    rows = usual(2, units=300)
    for row in rows:
        unit = int(row["item"][-4:])
        model = ANIMALS[(unit + 1) % 4] if unit % 3 else row["gold"] or row["label"]
        row["shown"] = model if rng.random() < 0.6 else ""
        if row["shown"] and rng.random() < follow:
            row["label"] = model
    return rows


@pytest.mark.parametrize(("follow", "outcomes"), [(0.0, []), (0.4, ["breach"])])
def test_labels_that_are_followed_because_they_are_shown(tmp_path, follow, outcomes):
    found = seen(tmp_path, proposed(follow), config(SHOWN, GOLD), "anchoring")
    assert [f.outcome for f in found] == outcomes
    assert all(f.evidence["shown"] > f.evidence["blind"] for f in found)


def test_without_blind_items_anchoring_cannot_be_told(tmp_path):
    rows = [{**row, "shown": "cat"} for row in usual(1)]
    (finding,) = seen(tmp_path, rows, config(SHOWN), "anchoring")
    assert finding.message == "not testable: no blind items; needs 20 answers on blind items"


def reviewed(lazy):
    """Return answers that six people review; one of them may let everything pass."""
    rng = np.random.default_rng(5)
    rows = usual(3, error=0.2)
    for row in rows:
        reviewer = int(rng.integers(7))
        row["reviewer"] = f"r{reviewer}"
        stops = not (lazy and reviewer == 0) and rng.random() < 0.2
        row["after"] = "other" if stops else row["label"]
    return rows


@pytest.mark.parametrize(("lazy", "named"), [(False, []), (True, ["r0"])])
def test_a_reviewer_who_lets_everything_pass_is_named(tmp_path, lazy, named):
    found = seen(tmp_path, reviewed(lazy), config(REVIEWS, GOLD), "reviewer-rubber-stamping")
    assert [f.evidence["reviewer"] for f in found if f.outcome == "breach"] == named


def test_two_reviewers_cannot_be_compared(tmp_path):
    rows = [
        {**row, "reviewer": f"r{n % 2}", "after": row["label"]} for n, row in enumerate(usual(1))
    ]
    found = seen(tmp_path, rows, config(REVIEWS), "reviewer-rubber-stamping")
    assert {f.outcome for f in found} == {"unknown"}
    assert "needs 5 other reviewers" in found[0].message


def copied(conflicts):
    """Return items of which 40 have the content of another, some with another label."""
    rows = usual(1, units=200, error=0.05)
    given = {row["item"]: [r["label"] for r in rows if r["item"] == row["item"]] for row in rows}
    labels = {item: max(ANIMALS, key=said.count) for item, said in given.items()}
    for row in rows:
        unit = int(row["item"][-4:])
        row["text"] = f"picture {unit % 160} of an animal"
        twin = labels.get(f"b1-{unit - 160:04}")
        if twin:
            at = ANIMALS.index(twin) + (unit - 160 < conflicts)
            row["label"] = ANIMALS[at % 4]
    return rows


@pytest.mark.parametrize(("conflicts", "outcomes"), [(0, []), (1, ["warning"]), (20, ["breach"])])
def test_copies_with_another_label_are_listed(tmp_path, conflicts, outcomes):
    found = seen(tmp_path, copied(conflicts), config(CONTENT), "conflicting-duplicates")
    assert [f.outcome for f in found] == outcomes
    assert all(f.evidence["conflicts"] == conflicts for f in found)


def test_without_copies_there_is_nothing_to_compare(tmp_path):
    rows = [{**row, "text": row["item"]} for row in usual(1)]
    (finding,) = seen(tmp_path, rows, config(CONTENT), "conflicting-duplicates")
    assert "no duplicates; needs items with equal content" in finding.message


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (lambda unit: {"text": f"animal {unit}"}, []),
        (lambda unit: {"text": f"animal {unit // 2 * 2}"}, ["with the same content"]),
        (lambda unit: {"text": f"animal {unit}", "gold": "cat" if unit < 30 else ""},
         ["gold comes at a foreseeable place"]),
    ],
)  # fmt: skip
def test_gold_that_can_be_told_is_seen(tmp_path, change, words):
    rows = [{**row, **change(int(row["item"][-4:]))} for row in usual(1)]
    found = seen(tmp_path, rows, config(TIMED, GOLD, CONTENT), "gold-leakage")
    assert [word in f.message for f, word in zip(found, words, strict=True)] == [True] * len(words)


TEXTS = config().partition("[questions")[0] + '[questions.label]\nscale = "text"\n'


@pytest.mark.parametrize(("share", "named"), [(0.0, []), (0.5, ["w1"])])
def test_who_hands_in_next_to_nothing_is_named(tmp_path, share, named):
    rng = np.random.default_rng(2)
    rows = usual(2, people=6)
    for row in rows:
        row["label"] = f"a picture of some animal near {rng.integers(1000)} trees in the rain"
        if row["who"] == "w1" and rng.random() < share:
            row["label"] = "ok"
    found = seen(tmp_path, rows, TEXTS, "padding")
    assert [(f.outcome, f.annotator_id) for f in found] == [("breach", who) for who in named]
