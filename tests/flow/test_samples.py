"""The sample deliveries: the committed bytes, and what today's audit says of them.

The README beside the samples is the expectation: its tables are read here, and the
audit is held to the rows marked `found`.
"""

from __future__ import annotations

import re
import shlex
import sys
from dataclasses import dataclass

import pytest

import labelaudit
from labelaudit import samples
from labelaudit.cli import main

CODE = re.compile(r"`([^`]+)`")


@dataclass(frozen=True)
class Row:
    """One row of the table of faults."""

    where: str
    check: str
    status: str

    @property
    def names(self):
        return set(CODE.findall(self.where))

    def fits(self, finding):
        named = finding.annotator_id or finding.batch_id
        return finding.check == self.check and named in self.names


def table(page, first_column):
    """Return the cells of the markdown table whose first column has this name."""
    _, _, rest = page.partition(f"\n| {first_column} |")
    lines = rest.partition("\n\n")[0].splitlines()[2:]
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in lines]


@pytest.fixture(scope="module")
def page(sample_data):
    return (sample_data / "README.md").read_text()


@pytest.fixture(scope="module")
def faults(page):
    rows = table(page, "fault")
    return [Row(where, check.strip("`"), status) for _, where, _, check, status in rows]


@pytest.fixture(scope="module")
def audit(sample_data):
    return audited(sample_data / "delivery", sample_data)


def audited(data, sample_data):
    annotations = labelaudit.read(data, project=sample_data / "labelaudit.toml")
    return labelaudit.run(annotations)


def verdicts(audit):
    return {verdict.batch_id: verdict.verdict for verdict in audit.verdicts}


def found_in_delivery(faults):
    rows = [row for row in faults if row.status == "found" and "repeated/" not in row.names]
    assert len(rows) > 8
    return rows


def test_the_generator_writes_exactly_the_committed_bytes(tmp_path, sample_data):
    written = {path.relative_to(tmp_path): path.read_bytes() for path in samples.write(tmp_path)}
    committed = {
        path.relative_to(sample_data): path.read_bytes()
        for path in sample_data.rglob("*")
        if path.is_file()
    }
    assert written == committed


def test_the_samples_stay_small(sample_data):
    assert sum(path.stat().st_size for path in sample_data.rglob("*")) < 2_000_000


def test_another_seed_makes_other_people_in_the_same_files():
    first, second = samples.contents(), samples.contents(seed=2)
    assert first.keys() == second.keys()
    assert first["delivery/nw-01.csv"] != second["delivery/nw-01.csv"]


def test_every_row_of_the_readme_is_found_or_planned(faults):
    assert {row.status for row in faults} <= {"found", "planned"}
    assert all(row.names for row in faults)


def test_each_fault_marked_found_is_found(audit, faults):
    seen = [f for f in audit.findings if f.outcome in {"breach", "warning"}]
    missed = [row for row in found_in_delivery(faults) if not any(map(row.fits, seen))]
    assert missed == []


def test_nothing_else_is_accused(audit, faults):
    rows = found_in_delivery(faults)
    breaches = [finding for finding in audit.findings if finding.outcome == "breach"]
    assert [f for f in breaches if not any(row.fits(f) for row in rows)] == []


def test_each_batch_gets_the_verdict_of_the_readme(audit, page):
    expected = {batch.strip("`"): verdict for batch, verdict, _ in table(page, "batch")}
    assert verdicts(audit) == expected


def test_the_clean_batches_are_accepted_alone(sample_data):
    files = [sample_data / "delivery" / f"{name}.csv" for name in samples.CLEAN]
    assert verdicts(audited(files, sample_data)) == dict.fromkeys(samples.CLEAN, "accept")


def test_the_thin_batch_alone_says_what_it_needs(sample_data):
    (verdict,) = audited(sample_data / "delivery" / "nw-07.csv", sample_data).verdicts
    assert verdict.verdict == "review"
    unsure = [t for t in verdict.thresholds if t.outcome == "inconclusive"]
    assert {t.question_id for t in unsure} >= {"label", "quality"}
    assert all(t.needs for t in unsure)


def test_the_broken_file_is_refused_with_its_lines(sample_data):
    with pytest.raises(labelaudit.InputError) as error:
        audited(sample_data / "broken", sample_data)
    assert all(re.search(rf"\b{line}\b", error.value.block()) for line in (5, 9, 14))


def test_repeated_annotations_stop_the_audit_until_a_policy_is_chosen(sample_data, tmp_path):
    data = sample_data / "repeated" / "nw-08.csv"
    with pytest.raises(labelaudit.InputError):
        audited(data, sample_data)
    config = (sample_data / "repeated" / "labelaudit.toml").read_text()
    (tmp_path / "labelaudit.toml").write_text(
        config.replace('duplicates = "error"', 'duplicates = "first"')
    )
    findings = audited(data, tmp_path).findings
    assert any(f.check == "duplicate-annotation" and f.batch_id == "nw-08" for f in findings)


def test_wide_and_jsonl_hold_the_same_ratings(sample_data):
    wide = audited(sample_data / "wide" / "posts.csv", sample_data / "wide")
    lines = audited(sample_data / "jsonl" / "posts.jsonl", sample_data / "jsonl")
    assert len(wide.estimates) > 3
    assert wide.estimates == lines.estimates
    assert verdicts(wide) == {"po-01": "accept"}


def test_the_commands_of_the_readme_end_as_it_says(page, sample_data, tmp_path, monkeypatch):
    (tmp_path / "sample_data").symlink_to(sample_data)
    shell = page.partition("```sh\n")[2].partition("```")[0]
    steps = re.findall(r"# exit (\d).*\nlabelaudit (.+)", shell)
    assert [int(code) for code, _ in steps] == [1, 0, 3, 4]
    monkeypatch.chdir(tmp_path)
    for code, command in steps:
        monkeypatch.setattr(sys, "argv", ["labelaudit", *shlex.split(command)])
        with pytest.raises(SystemExit) as ended:
            main()
        assert ended.value.code == int(code), command
