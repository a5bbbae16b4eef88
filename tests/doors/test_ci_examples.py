"""The files of docs/ci: valid, and what they call does what the page says."""

from __future__ import annotations

import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

from action_runner import load


@pytest.fixture
def example(root):
    """Read an example of docs/ci."""
    return lambda name: yaml.safe_load((root / "docs" / "ci" / name).read_text(encoding="utf-8"))


def test_the_gitlab_job_gates_and_keeps_the_codes_apart(run, example, sample_data, tmp_path):
    job = example("gitlab-ci.yml")["label-gate"]
    (tmp_path / "delivery").mkdir()
    shutil.copy(sample_data / "labelaudit.toml", tmp_path)
    shutil.copy(sample_data / "delivery" / "nw-06.csv", tmp_path / "delivery")
    with pytest.MonkeyPatch.context() as here:
        here.chdir(tmp_path)
        (line,) = job["script"]
        done = run(*shlex.split(line)[1:])
    assert done.code == 1
    artifacts = job["artifacts"]
    kept = [*artifacts["paths"], *artifacts["reports"].values(), *job["cache"]["paths"]]
    assert [name for name in kept if not (tmp_path / name).exists()] == []
    assert job["allow_failure"] == {"exit_codes": [3]}


def test_the_workflow_names_inputs_and_outputs_that_the_action_has(root, example):
    action = load(root / "action.yml")
    steps = example("github-workflow.yml")["jobs"]["gate"]["steps"]
    (step,) = [step for step in steps if step.get("id") == "labels"]
    assert step["with"].keys() <= action["inputs"].keys()
    assert "run-folder" in action["outputs"]
    required = {name for name, each in action["inputs"].items() if each.get("required")}
    assert required <= step["with"].keys()


def test_the_pre_commit_example_names_the_hook(root, example):
    (hook,) = yaml.safe_load((root / ".pre-commit-hooks.yaml").read_text(encoding="utf-8"))
    (repo,) = example("pre-commit-config.yaml")["repos"]
    assert [each["id"] for each in repo["hooks"]] == [hook["id"]]


@pytest.fixture(scope="module")
def page():
    """Return the text of docs/ci.md."""
    return (Path(__file__).parents[2] / "docs" / "ci.md").read_text(encoding="utf-8")


def test_the_page_shows_the_files_as_they_are(root, page):
    files = sorted((root / "docs" / "ci").iterdir())
    shown = [path.name for path in files if path.read_text(encoding="utf-8") in page]
    assert shown == [path.name for path in files]


@pytest.mark.parametrize("code", [0, 1, 2, 3, 4])
def test_each_exit_code_of_the_page_is_what_the_command_gives(run, root, page, tmp_path, code):
    (line,) = re.findall(rf"^labelaudit (gate .*?) +# exit {code}:", page, re.MULTILINE)
    with pytest.MonkeyPatch.context() as here:
        here.chdir(root)
        assert run(*shlex.split(line), "-o", tmp_path / "runs").code == code


def test_the_page_tells_every_input_and_output_of_the_action(root, page):
    action = load(root / "action.yml")
    told = set(re.findall(r"^\| `([\w-]+)` \|", page, re.MULTILINE))
    assert told == {*action["inputs"], *action["outputs"]}


def test_the_pytest_example_fails_with_the_report(page, sample_data, tmp_path):
    (example,) = re.findall(r"```python\n(.*?)```", page, re.DOTALL)
    (tmp_path / "test_labels.py").write_text(example, encoding="utf-8")
    (tmp_path / "delivery").mkdir()
    shutil.copy(sample_data / "labelaudit.toml", tmp_path)
    shutil.copy(sample_data / "delivery" / "nw-06.csv", tmp_path / "delivery")
    words = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "test_labels.py"]
    done = subprocess.run(words, cwd=tmp_path, capture_output=True, text=True, check=False)
    shown = re.findall(r"```\n(labelaudit gate: .*?)```", page, re.DOTALL)[0]
    said = done.stdout.replace("E       AssertionError: ", "").replace("E       ", "")
    assert (done.returncode, said.find(shown.splitlines()[2]) > 0) == (1, True)
    assert shown.splitlines()[0] in said
