"""A configuration that is wrong stops the command with exit 2: it never opens a gate in silence."""

from __future__ import annotations

import pytest

from deliveries import COLUMNS, CONFIG, QUESTION, answers, deliver

WRONG = {
    "a misspelled table": (CONFIG.replace("[policy]", "[polcy]"), "did you mean 'policy'?"),
    "a misspelled limit": (
        CONFIG.replace("min_agreement", "min_agrement"),
        "unknown key 'min_agrement' next: did you mean 'min_agreement'?",
    ),
    "a misspelled column": (CONFIG.replace("item =", "itm ="), "did you mean 'item'?"),
    "a misspelled check": (
        CONFIG + "[checks.thin-overlp]\n",
        "unknown key 'thin-overlp' next: did you mean 'thin-overlap'?",
    ),
    "a key of another check": (
        CONFIG + "[checks.thin-overlap]\nmax_missing_fraction = 0.1\n",
        "unknown key 'max_missing_fraction'",
    ),
    "a question that was not asked": (
        CONFIG + "[policy.questions.lable]\nmin_agreement = 0.5\n",
        "unknown key 'lable' next: did you mean 'label'?",
    ),
    "a required check that is none": (
        CONFIG + 'required_checks = ["low-agrement"]\n',
        "no check is called 'low-agrement' next: did you mean 'low-agreement'?",
    ),
    "a required check without its floor": (
        CONFIG + 'required_checks = ["low-gold-accuracy"]\n',
        "'low-gold-accuracy' has no floor to look at next: set min_accuracy",
    ),
    "a finite lot that is no yes or no": (
        CONFIG + "[policy.gold]\nmin_accuracy = 0.9\nfinite_lot = 500\n",
        "finite_lot = 500 is not true or false",
    ),
    "too small a uniform part": (
        CONFIG + "[queue]\nuniform_fraction = 0.01\n",
        "uniform_fraction = 0.01 is not from 0.10 to 0.15",
    ),
    "a negative weight": (
        CONFIG + "[queue.weights]\ncat = -1\n",
        "[queue.weights] cat = -1 is below 0 next: 1 is the usual weight",
    ),
    "a negative price": (
        CONFIG + "[relabel]\nprice_per_label = -0.1\n",
        "price_per_label = -0.1 is below 0",
    ),
    "a misspelled key of the queue": (
        CONFIG + "[queue]\nmax_item_count = 5\n",
        "unknown key 'max_item_count' next: did you mean 'max_items_count'?",
    ),
    "a misspelled file of waivers": (
        CONFIG + '[gate]\nwaiver = "w.toml"\n',
        "unknown key 'waiver' next: did you mean 'waivers'?",
    ),
    "waivers written into the configuration": (
        CONFIG + "[gate]\nwaivers = []\n",
        "waivers = [] is not a text",
    ),
    "percent": (CONFIG.replace("0.667", "80"), "for 80 percent write 0.8"),
    "a negative fraction": (CONFIG.replace("0.667", "-0.1"), "is not a fraction from 0 to 1"),
    "a number in quotes": (CONFIG.replace("0.667", '"0.667"'), "without quotes"),
    "a limit that is no number": (CONFIG.replace("0.667", "nan"), "is not a number"),
    "a floor above its target": (
        CONFIG.replace("0.667", "0.9"),
        "min_agreement = 0.9 is not below target_agreement = 0.8",
    ),
    "a vendor's floor above the target of all": (
        CONFIG + "[policy.vendors.v1]\nmin_agreement = 0.85\n",
        "[policy.vendors.v1] min_agreement = 0.85 is not below target_agreement = 0.8",
    ),
    "no look at all": (CONFIG + "[gate]\nmax_looks = 0\n", "expected 1 to 4"),
    "more looks than are planned for": (CONFIG + "[gate]\nmax_looks = 5\n", "expected 1 to 4"),
    "a misspelled key of the gate": (
        CONFIG + "[gate]\nmax_look = 2\n",
        "unknown key 'max_look' next: did you mean 'max_looks'?",
    ),
    "an unknown severity": (
        CONFIG + '[checks.missing-label]\nseverity = "hihg"\n',
        "did you mean 'high'?",
    ),
    "a severity of what rejects by itself": (
        CONFIG + '[checks.low-agreement]\nseverity = "low"\n',
        "unknown key 'severity'",
    ),
    "silence that is accepted": (
        CONFIG.replace("[policy]\n", '[policy]\non_unknown = "accept"\n'),
        "known: reject, review",
    ),
    "percent of gold": (CONFIG + "[policy.gold]\nmin_accuracy = 90\n", "for 90 percent write 0.9"),
    "a risk that decides nothing": (CONFIG + "[gate]\nconsumer_risk = 0.5\n", "below 0.5"),
    "an unknown scale": (CONFIG.replace("nominal", "nomial"), "did you mean 'nominal'?"),
    "a label twice": (CONFIG.replace('"dog"]', '"cat"]'), "holds a label twice"),
    "an ordinal question without labels": (
        CONFIG.replace('"nominal"\nlabels = ["cat", "dog"]', '"ordinal"'),
        "ordinal questions need their labels next: labels =",
    ),
    "columns without an item": (CONFIG.replace('item = "item"\n', ""), "'item' is missing"),
    "no question": (COLUMNS, "no [questions.NAME]"),
    "questions without columns": (QUESTION + QUESTION.replace("label]", "other]"), "[columns]"),
    "two vendors": (
        f'[delivery]\nvendor = "v"\n{COLUMNS}vendor = "vendor"\n{QUESTION}',
        "vendor is given twice",
    ),
    "a zone that does not exist": (
        CONFIG + '[delivery]\ntimezone = "Nowhere/City"\n',
        "timezone = 'Nowhere/City' is not a time zone",
    ),
    "a time format that cannot be read": (
        CONFIG + '[delivery]\ntime_format = "%Q"\n',
        "time_format = '%Q' has no meaning at '%Q'",
    ),
    "a time format without a time": (
        CONFIG + '[delivery]\ntime_format = "day"\n',
        "time_format = 'day' names no part of a time",
    ),
    "two questions on one column": (
        CONFIG + QUESTION.replace("label]", "other]"),
        "question 'label' has no column",
    ),
    "columns of people and of labels": (
        CONFIG.replace('annotator = "who"', 'annotators = ["a", "b"]'),
        "annotators and label exclude each other",
    ),
    "columns of people and two questions": (
        CONFIG.replace('annotator = "who"\nlabel = "label"', 'annotators = ["a", "b"]')
        + QUESTION.replace("label]", "other]"),
        "one column per annotator holds one question",
    ),
    "a question's column without a label": (
        CONFIG.replace('label = "label"', 'question = "item"'),
        "question needs label",
    ),
    "no bytes at all": (CONFIG + "[delivery]\nmax_bytes = 0\n", "max_bytes = 0"),
    "one column in two parts": (
        CONFIG.replace('label = "label"', 'label = "who"'),
        "annotator and label name the same column 'who'",
    ),
    "a pair of three": (
        CONFIG + '[review]\npair = ["a", "b", "c"]\n',
        "pair names 3 columns, not two",
    ),
    "a picture from anywhere": (
        CONFIG + '[review]\nimage = "file"\n',
        "image needs media next: name the folder",
    ),
    "no TOML": ("[columns\n", "is not valid TOML"),
    "UTF-16": ("[columns]".encode("utf-16"), "is not UTF-8: byte 0xFF at position 0"),
}


@pytest.mark.parametrize("name", WRONG)
def test_it_is_refused_with_the_way_out(run, block, tmp_path, name):
    config, words = WRONG[name]
    data = deliver(tmp_path, answers())
    path = tmp_path / "labelaudit.toml"
    path.write_bytes(config if isinstance(config, bytes) else config.encode())
    done = run("gate", data, "-o", tmp_path / "runs")
    said = " ".join(block(done).split())
    assert (done.code, said.startswith(str(path))) == (2, True)
    assert words in said


def test_a_configuration_that_is_not_there_is_refused(run, block, tmp_path):
    data = deliver(tmp_path, answers())
    done = run("gate", data, "-c", tmp_path / "absent.toml")
    assert (done.code, "labelaudit init DATA writes one" in block(done)) == (2, True)


def test_two_configurations_in_one_folder_are_refused(run, block, tmp_path):
    data = deliver(tmp_path, answers())
    (tmp_path / "pyproject.toml").write_text("[tool.labelaudit.policy]\nmin_agreement = 0.1\n")
    done = run("gate", data)
    assert (done.code, "holds two configurations" in block(done)) == (2, True)


def test_a_table_in_pyproject_is_a_configuration(run, tmp_path):
    data = deliver(tmp_path, answers())
    (tmp_path / "labelaudit.toml").unlink()
    (tmp_path / "pyproject.toml").write_text(
        CONFIG.replace("[", "[tool.labelaudit.", 2)
        .replace('[tool.labelaudit."cat"', '["cat"')
        .replace("[policy]", "[tool.labelaudit.policy]")
    )
    done = run("gate", data, "-o", tmp_path / "runs")
    assert f"configuration: {tmp_path / 'pyproject.toml'}" in done.err
    assert done.code == 0


def test_a_configuration_inside_the_delivery_does_not_set_the_limits(run, tmp_path):
    data = deliver(tmp_path, answers(differ=30))
    (tmp_path / "labelaudit.toml").rename(data / "labelaudit.toml")
    done = run("gate", data, "-o", tmp_path / "runs")
    assert "comes with the delivery: it is used only if named with -c" in done.err
    assert "configuration: none found" in done.err


def test_the_folder_one_stands_in_comes_before_the_folder_of_the_data(run, tmp_path, monkeypatch):
    data = deliver(tmp_path, answers())
    (tmp_path / "here").mkdir()
    (tmp_path / "here" / "labelaudit.toml").write_text(CONFIG)
    monkeypatch.chdir(tmp_path / "here")
    assert "configuration: labelaudit.toml\n" in run("audit", data).err


@pytest.mark.parametrize("secret", [None, ""])
def test_a_key_that_is_not_set_is_refused(run, block, tmp_path, monkeypatch, secret):
    monkeypatch.delenv("LABELAUDIT_TEST_KEY", raising=False)
    if secret is not None:
        monkeypatch.setenv("LABELAUDIT_TEST_KEY", secret)
    config = CONFIG + '[privacy]\nkey_env = "LABELAUDIT_TEST_KEY"\n'
    done = run("gate", deliver(tmp_path, answers(), config), "-o", tmp_path / "runs")
    assert (done.code, "LABELAUDIT_TEST_KEY, which is not set" in block(done)) == (2, True)


def test_a_vendor_of_the_policy_who_delivered_nothing_is_named(run, tmp_path):
    vendor = COLUMNS + 'vendor = "vendor"\n' + CONFIG.removeprefix(COLUMNS)
    config = vendor + "[policy.vendors.v11]\nmin_agreement = 0.7\n"
    done = run("audit", deliver(tmp_path, answers(), config), "-o", tmp_path / "runs")
    assert "[policy.vendors.v11] limits nobody here: vendors found: v1" in done.err


def test_ambiguous_columns_without_a_configuration_point_to_init(run, block, tmp_path):
    rows = [{**row, "answer": row["label"], "worker": row["who"]} for row in answers()]
    data = deliver(tmp_path, rows)
    (tmp_path / "labelaudit.toml").unlink()
    done = run("audit", data, "-o", tmp_path / "runs")
    said = block(done)
    assert done.code == 4
    assert "label: could be any of 'label', 'answer'" in said
    assert "labelaudit init DATA" in said
