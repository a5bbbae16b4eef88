"""What the reports say, and what they leave out, case by case."""

from __future__ import annotations

import json
import re

import pytest

import labelaudit
from deliveries import COLUMNS, CONFIG, GOLD, GOLD_COLUMN, VENDOR, answers, deliver, with_columns
from labelaudit.reports import REPORTS


@pytest.fixture
def reported(tmp_path):
    """Audit rows; return the text report as one line, and as it stands."""

    def report(rows, config=CONFIG, form="text"):
        data = deliver(tmp_path, rows, config)
        with labelaudit.read(data, project=tmp_path / "labelaudit.toml") as annotations:
            text = REPORTS[form](labelaudit.run(annotations))
        return " ".join(text.split()), text

    return report


NUMBERS = CONFIG.replace('"nominal"\nlabels = ["cat", "dog"]', '"interval"')


def test_exact_agreement_is_left_out_where_near_answers_count(reported):
    rows = [{**row, "label": str(n % 50 + 0.5)} for n, row in enumerate(answers())]
    said, _ = reported(rows, NUMBERS)
    assert "percent-agreement" not in said
    assert "krippendorff-alpha 0." in said or "krippendorff-alpha -0." in said
    assert "Lowest annotators" not in said


def test_exact_agreement_is_shown_where_labels_are_classes(reported):
    assert "percent-agreement 1.000" in reported(answers())[0]


def test_the_question_is_named_only_where_there_are_several(reported):
    assert "question coefficient" not in reported(answers())[0]


def test_one_vendor_is_not_set_beside_itself(reported):
    assert "Vendors" not in reported(answers(), with_columns(VENDOR))[0]


def test_vendors_are_shown_with_the_units_of_their_alpha(reported):
    rows = [*answers(units=40), *answers("b2", units=30, vendor="v2")]
    rows += answers("b3", units=9, people=1, vendor="v2")
    said, text = reported(rows, with_columns(VENDOR))
    assert "vendor alpha [95%] units" in said
    (line,) = [line for line in text.splitlines() if line.startswith("v2 ")]
    assert line.split()[-1] == "30"


def test_a_column_without_anything_in_it_is_left_out(reported):
    assert "gold accuracy" not in reported(answers(people=6, units=40))[0]
    rows = answers(people=6, units=40)
    assert "gold accuracy [95%]" in reported(rows, with_columns(GOLD_COLUMN) + GOLD)[0]


def test_the_closest_floor_names_its_measure(reported):
    rows = answers(units=100, people=5, differ=1)
    gold = with_columns(GOLD_COLUMN) + GOLD
    assert re.search(r" 5 alpha 0\.\d{3} >= 0\.667 all", reported(rows)[0])
    assert re.search(r" 5 gold 0\.\d{3} >= 0\.9 all", reported(rows, gold)[0])


def test_the_closest_floor_names_its_question_where_there_are_several(reported):
    columns = COLUMNS.replace('label = "label"\n', "")
    asked = [f"[questions.{name}]\ncolumn = 'label'\nlabels = ['cat', 'dog']\n" for name in "ab"]
    policy = "[policy.questions.b]\nmin_agreement = 0.6\n"
    said, _ = reported(answers(), columns + "".join(asked) + policy)
    assert re.search(r" 3 b alpha 0\.\d{3} >= 0\.6 all", said)


def test_without_a_threshold_the_report_says_that_nothing_could_pass(reported):
    said, _ = reported(answers(), CONFIG.partition("[policy]")[0])
    assert said.startswith("REVIEW: 1 of 1 batch to review")
    assert "no floor - no-threshold" in said
    assert "No threshold is configured, so nothing could pass" in said


def test_masked_people_are_said(reported):
    rows = [{**row, "who": f"{row['who']}@example.com"} for row in answers()]
    said, _ = reported(rows)
    assert "example.com" not in said
    assert "3 annotator ids that looked like a name or an e-mail address masked" in said


def test_long_lists_are_cut_and_say_how_much_was_left_out(reported):
    rows = [row for n in range(43) for row in answers(f"b{n:02}", units=60, differ=40)]
    said, text = reported(rows)
    assert "... and 23 more (all in audit.json)" in said
    findings = json.loads(reported(rows, form="json")[1])["findings"]
    looked = [found for found in findings if found["outcome"] != "unknown"]
    shown = re.findall(r"^[x!] \S+  \w", text, re.MULTILINE)
    assert len(shown) == 40
    assert f"... and {len(looked) - 40} more (all in findings.parquet)" in said


def test_an_undecided_floor_that_the_policy_accepts_stays_visible(reported):
    said, _ = reported(answers(units=12, differ=1), CONFIG + 'on_inconclusive = "accept"\n')
    assert said.startswith("ACCEPT: 1 of 1 batch accepted")
    assert "undecided, which the policy accepts" in said
    assert "undecided at a floor of 0.667" in said


def test_people_are_below_peers_and_never_worse_words(reported):
    rows = [*answers(people=6, units=60), *answers("b2", people=6, units=60, differ=60)]
    for form in ("text", "markdown", "json"):
        said = reported(rows, CONFIG, form)[0].casefold()
        assert "below peers: agrees with the others on" in said
        assert not {"spammer", "fraud", "bad annotator", "cheat"} & {*said.split()}


def test_names_give_way_and_no_number_is_cut(reported):
    rows = [
        row
        for vendor in ("crowdflower-international", "mturk")
        for row in answers(f"{vendor}-b", units=700, vendor=vendor, by=vendor[0], differ=9)
    ]
    _, text = reported(rows, with_columns(VENDOR, GOLD_COLUMN) + GOLD)
    table = text.partition("Vendors side by side")[2].partition("\n\n")[0]
    assert [line.split()[-1] for line in table.splitlines() if "0." in line] == ["2,100", "2,100"]
    assert max(map(len, table.splitlines())) <= 80
