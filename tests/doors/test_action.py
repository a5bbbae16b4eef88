"""The GitHub Action: its shell steps run in bash on the sample delivery and on hostile input."""

from __future__ import annotations

import re
import shutil

import pytest

from action_runner import EXPRESSION, load, put_command, run_steps
from deliveries import CONFIG, answers, deliver

HOSTILE = [
    "$(touch PWNED)",
    "`touch PWNED`",
    '"; touch PWNED; "',
    "'; touch PWNED; '",
    "a b * ? [x]",
    "--help",
    "-c",
    "../../../etc/passwd",
    "x\ny=$(touch PWNED)",
    "exit-code=0",
]


@pytest.fixture
def action(root, tmp_path, sample_data):
    """Run the Action in a checkout with the sample data."""
    work = tmp_path / "checkout"
    work.mkdir()
    path = put_command(tmp_path / "bin")

    def ran(**inputs):
        shutil.copytree(sample_data, work / "sample_data", dirs_exist_ok=True)
        named = {name.replace("_", "-"): value for name, value in inputs.items()}
        return run_steps(root / "action.yml", work, {"version": "installed", **named}, path)

    ran.work = work
    return ran


CASES = {
    "accept": ("sample_data/delivery/nw-01.csv\nsample_data/delivery/me-01.csv\n", 0),
    "reject": ("sample_data/delivery/nw-06.csv", 1),
    "review": ("sample_data/delivery/nw-07.csv", 3),
    "input-error": ("sample_data/broken/nw-09.csv", 4),
}


@pytest.mark.parametrize("verdict", CASES)
def test_the_sample_delivery_gives_each_verdict_its_own_code(action, verdict):
    data, code = CASES[verdict]
    ran = action(data=data, config="sample_data/labelaudit.toml")
    assert (ran.code, ran.outputs["exit-code"], ran.outputs["verdict"]) == (
        code,
        str(code),
        verdict,
    )
    assert ("nothing was judged" in ran.summary) == (code == 4)
    assert "labelaudit" in ran.summary


def test_a_wrong_configuration_is_not_taken_for_a_verdict(action):
    ran = action(data="sample_data/delivery", config="absent.toml")
    assert (ran.code, ran.outputs["verdict"]) == (2, "usage-error")
    assert "::error title=labelaudit: nothing was judged (exit 2)::" in ran.log


def test_reports_baseline_ledger_and_the_run_folder_are_where_they_were_asked(action):
    ran = action(
        data="sample_data/delivery/nw-01.csv",
        config="sample_data/labelaudit.toml",
        reports="json=labels.json\r\nmarkdown=labels.md\n",
        baseline="sample_data/delivery/nw-02.csv",
        ledger_path="ledger.jsonl",
    )
    assert ran.code == 0, ran.log
    made = {path.name for path in action.work.iterdir()}
    assert {"labels.json", "labels.md", "ledger.jsonl"} <= made
    assert (action.work / ran.outputs["run-folder"] / "audit.json").is_file()


def test_waivers_let_a_batch_through(action):
    head = 'scope = "nw-06"\nreason = "relabel ordered"\nowner = "ann"\nexpires = 2999-12-31\n'
    checks = ("low-agreement", "low-gold-accuracy")
    entries = (f'[[waivers]]\ncheck = "{check}"\n{head}' for check in checks)
    (action.work / "ours.toml").write_text("\n".join(entries), encoding="utf-8")
    config = "sample_data/labelaudit.toml"
    ran = action(data="sample_data/delivery/nw-06.csv", config=config, waivers="ours.toml")
    assert (ran.code, ran.outputs["verdict"]) == (0, "accept")


def test_an_installed_labelaudit_must_be_there(root, tmp_path):
    (tmp_path / "checkout").mkdir()
    inputs = {"data": "x", "version": "installed"}
    ran = run_steps(root / "action.yml", tmp_path / "checkout", inputs, "/usr/bin:/bin")
    assert (ran.code, "no labelaudit is on the PATH" in ran.log) == (2, True)


def test_a_finished_run_is_gated_too(action):
    first = action(data="sample_data/delivery/nw-06.csv", config="sample_data/labelaudit.toml")
    shutil.copytree(first.outputs["run-folder"], action.work / "run")
    shutil.rmtree(action.work.parent / "runner")
    ran = action(data="run")
    assert (ran.code, ran.outputs["run-folder"]) == (1, "run")


INPUTS = ("data", "config", "reports", "baseline", "waivers", "ledger-path", "ledger-head")


@pytest.mark.parametrize("value", HOSTILE)
def test_inputs_are_data_never_code(action, value):
    ran = action(**dict.fromkeys(INPUTS, value))
    assert (ran.code, ran.outputs["verdict"]) in {(2, "usage-error"), (4, "input-error")}
    assert not list(action.work.parent.rglob("PWNED"))


@pytest.mark.parametrize("name", INPUTS)
def test_one_hostile_input_among_good_ones_is_data_too(action, name):
    good = {"data": "sample_data/broken/nw-09.csv", "config": "sample_data/labelaudit.toml"}
    ran = action(**{**good, name: HOSTILE[0]})
    assert ran.outputs["exit-code"] == str(ran.code)
    assert not list(action.work.parent.rglob("PWNED"))


@pytest.mark.parametrize("version", ["$(touch PWNED)", "--pre", "1.0 --pre", "0.1;x", "9 @ file:x"])
def test_a_version_that_is_no_release_installs_nothing(action, version):
    ran = action(data="x", version=version)
    assert (ran.code, "version is no release" in ran.log) == (2, True)
    assert not list(action.work.parent.rglob("PWNED"))


def test_what_a_delivery_holds_is_no_command_to_the_runner(action):
    rows = answers("::add-mask::secret\r\n::error::fake", units=60, differ=40)
    data = deliver(action.work, rows, CONFIG)
    ran = action(data=str(data), config="labelaudit.toml")
    token = re.search(r"^::stop-commands::([0-9a-f]{32})$", ran.log, re.MULTILINE)[1]
    before, stopped = ran.log.split(f"::stop-commands::{token}")
    told, after = stopped.split(f"\n::{token}::\n")
    assert "add-mask" in told
    assert "::add-mask::" not in before + after.partition("gate: ")[0]


def test_no_script_holds_an_expression(root):
    steps = load(root / "action.yml")["runs"]["steps"]
    scripts = [step["run"] for step in steps if "run" in step]
    assert len(scripts) == 2
    assert [script for script in scripts if EXPRESSION.search(script)] == []


def test_every_input_is_used_and_every_step_of_others_has_a_version(root):
    content = load(root / "action.yml")
    text = (root / "action.yml").read_text(encoding="utf-8")
    assert [name for name in content["inputs"] if f"inputs.{name}" not in text] == []
    foreign = [step["uses"] for step in content["runs"]["steps"] if "uses" in step]
    assert all(re.fullmatch(r"actions/[\w/-]+@v\d+", name) for name in foreign)


def test_the_ledger_is_kept_whatever_the_gate_says(root):
    (save,) = [s for s in load(root / "action.yml")["runs"]["steps"] if "save" in s.get("uses", "")]
    assert "always()" in save["if"]
    assert save["with"]["key"].endswith("${{ github.run_id }}.${{ github.run_attempt }}")
