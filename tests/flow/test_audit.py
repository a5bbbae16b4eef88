"""`labelaudit.run`: one result as plain data, the same whatever way the rows came in."""

from __future__ import annotations

from types import MappingProxyType

import pandas as pd
import pytest

import labelaudit
from deliveries import CONFIG, answers, deliver, write
from labelaudit.checks import CHECKS, COUNTING
from labelaudit.model import Finding
from labelaudit.project import load_project
from labelaudit.reports import REPORTS

ROWS = [*answers(units=40, people=5, differ=6), *answers("b2", units=30, people=5, differ=20)]
SHUFFLED = sorted(ROWS, key=lambda row: (row["who"], row["item"][::-1]))


@pytest.fixture
def audited(tmp_path):
    """Audit what lies in the delivery's folder."""

    def audit(rows=ROWS, **choices):
        data = deliver(tmp_path, rows)
        with labelaudit.read(data, project=tmp_path / "labelaudit.toml") as annotations:
            return labelaudit.run(annotations, **choices)

    return audit


def document(audit):
    """Return the audit's document without the lines about its files."""
    before, _, rest = REPORTS["json"](audit).partition('"inputs": ')
    return before + rest.partition("\n],\n")[2]


def test_the_order_of_rows_changes_nothing(audited):
    assert document(audited()) == document(audited(SHUFFLED))


def test_rows_in_one_file_or_in_parts_and_formats_give_the_same_bytes(audited, tmp_path):
    whole = document(audited())
    folder = tmp_path / "parts"
    write(folder / "one.csv", SHUFFLED[:100])
    pd.DataFrame(SHUFFLED[100:200]).to_json(folder / "two.jsonl", orient="records", lines=True)
    pd.DataFrame(SHUFFLED[200:]).to_parquet(folder / "three.parquet")
    with labelaudit.read(folder, project=tmp_path / "labelaudit.toml") as annotations:
        assert document(labelaudit.run(annotations)) == whole


def test_without_rows_counts_and_verdicts_are_the_same(audited):
    full, counts = audited(), audited(row_by_row=False)
    counting = {check.NAME for check in COUNTING}
    assert counts.verdicts == full.verdicts
    assert counts.estimates == full.estimates
    looked = tuple(each for each in counts.findings if each.check in counting)
    assert looked == tuple(each for each in full.findings if each.check in counting)


def test_what_is_left_out_is_told_and_never_passes_a_check_that_is_required(tmp_path):
    config = CONFIG.replace("[policy]\n", '[policy]\nrequired_checks = ["annotators-copying"]\n')
    data = deliver(tmp_path, answers(units=100), config)
    with labelaudit.read(data, project=tmp_path / "labelaudit.toml") as annotations:
        audit = labelaudit.run(annotations, row_by_row=False)
    told = {each.check for each in audit.findings if each.message.startswith("not looked at")}
    assert told == {check.NAME for check in CHECKS} - {check.NAME for check in COUNTING}
    assert (audit.verdict, audit.verdicts[0].reasons) == ("review", ("annotators-copying",))


def test_without_rows_nothing_follows_and_every_report_is_written(audited):
    audit = audited(row_by_row=False)
    assert audit.items == audit.consensus == audit.series == ()
    assert {line.competence for line in audit.annotators} == {None}
    assert all(report(audit) for report in REPORTS.values())


def test_without_rows_the_answers_are_not_read_again(tmp_path):
    data = deliver(tmp_path, ROWS)
    with labelaudit.read(data, project=tmp_path / "labelaudit.toml") as annotations:
        for number in range(len(annotations.tallies)):
            annotations.session.do(f"drop view current_{number}")
        assert labelaudit.run(annotations, row_by_row=False).verdicts


def test_results_can_be_had_as_frames(audited):
    audit = audited()
    assert list(audit.verdicts.to_frame()["batch_id"]) == ["b1", "b2"]
    assert set(audit.findings.to_frame()["check"]) >= {"low-agreement"}
    assert len(audit.estimates.to_frame()) == len(audit.estimates)
    assert list(audit.annotators.to_frame()["annotator_id"]) == [f"w{n}" for n in range(1, 6)]


def test_the_worst_batch_gives_the_verdict(audited):
    assert [found.verdict for found in audited().verdicts] == ["accept", "reject"]
    assert audited().verdict == "reject"


def test_findings_come_worst_first(audited):
    seen = [(finding.outcome, finding.severity) for finding in audited().findings]
    asides = [pair for pair in seen if pair == ("unknown", "low")]
    others = [outcome for outcome, severity in seen if (outcome, severity) != ("unknown", "low")]
    assert others == sorted(others, key=["breach", "unknown", "warning"].index)
    assert seen[len(others) :] == asides  # what an optional check lacks hides nothing


class Mine:
    """Says one thing about every delivery."""

    NAME = "too-good"
    KEYS = MappingProxyType({})

    @staticmethod
    def look(evidence):
        rows = sum(batch.annotations for batch in evidence.measures.batches)
        yield Finding("too-good", "breach", "high", f"{rows} answers", batch_id="b1")


def test_a_check_of_your_own_can_be_added(audited):
    audit = audited(checks=(*CHECKS, Mine))
    assert audit.verdicts[0].reasons == ("too-good",)
    assert "350 answers" in REPORTS["text"](audit)


def test_the_policy_can_be_another_than_the_one_it_was_read_with(tmp_path):
    data = deliver(tmp_path, ROWS)
    lax = tmp_path / "lax.toml"
    lax.write_text(CONFIG.replace("0.667", "0.1"))
    with labelaudit.read(data, project=tmp_path / "labelaudit.toml") as annotations:
        strict = labelaudit.run(annotations)
        relaxed = labelaudit.run(annotations, load_project(lax))
    assert (strict.verdict, relaxed.verdict) == ("reject", "accept")
    assert strict.config_sha256 != relaxed.config_sha256
