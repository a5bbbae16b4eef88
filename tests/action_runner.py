"""A composite Action's shell steps, run as a runner runs them: inputs by environment, in bash."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import yaml

import labelaudit

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

MAIN = "from labelaudit.cli import main; main()"
EXPRESSION = re.compile(r"\$\{\{\s*(.*?)\s*\}\}")


def load(path: Path) -> dict[str, object]:
    """Return an action.yml as data."""
    return yaml.safe_load(path.read_text(encoding="utf-8"))


@dataclass
class Ran:
    """How the steps ended: the exit code of the last, all they printed, outputs, the summary."""

    code: int = 0
    log: str = ""
    summary: str = ""
    outputs: dict[str, str] = field(default_factory=dict)


def run_steps(action: Path, work: Path, inputs: Mapping[str, str], path: str) -> Ran:
    """Run the shell steps of an Action in a folder, with a PATH, until one fails."""
    content = load(action)
    known = {name: each.get("default", "") for name, each in content["inputs"].items()}
    context = {f"inputs.{name}": value for name, value in (known | inputs).items()}
    place, ran = work.parent / "runner", Ran()
    place.mkdir()
    for step in content["runs"]["steps"]:
        if "run" in step and ran.code == 0:
            _run(step, action, work, place, context, path, ran)
    return ran


def _run(step, action, work, place, context, path, ran) -> None:
    files = {name: place / name.lower() for name in ("GITHUB_OUTPUT", "GITHUB_STEP_SUMMARY")}
    for file in files.values():
        file.write_text("")
    given = {name: _evaluated(text, context) for name, text in step.get("env", {}).items()}
    environment = {
        "PATH": path,
        "HOME": str(place),
        "GITHUB_ACTION_PATH": str(action.parent),
        "RUNNER_TEMP": str(place),
        **{name: str(file) for name, file in files.items()},
        **given,
    }
    script = place / "step.sh"
    script.write_text(step["run"], encoding="utf-8")
    words = ["bash", "--noprofile", "--norc", "-e", "-o", "pipefail", str(script)]
    done = subprocess.run(
        words, cwd=work, env=environment, capture_output=True, text=True, check=False
    )
    ran.code, ran.log = done.returncode, ran.log + done.stdout + done.stderr
    ran.summary += files["GITHUB_STEP_SUMMARY"].read_text(encoding="utf-8")
    told = dict(
        line.split("=", 1)
        for line in files["GITHUB_OUTPUT"].read_text(encoding="utf-8").splitlines()
    )
    ran.outputs |= told
    context |= {f"steps.{step['id']}.outputs.{name}": value for name, value in told.items()}


def _evaluated(text: str, context: Mapping[str, str]) -> str:
    return EXPRESSION.sub(lambda found: context[found[1]], text)


def put_command(folder: Path) -> str:
    """Write the command `labelaudit` of this very code into a folder; return a PATH that has it."""
    source = os.path.dirname(os.path.dirname(labelaudit.__file__))  # noqa: PTH120
    folder.mkdir()
    script = folder / "labelaudit"
    script.write_text(
        f'#!/bin/sh\nPYTHONPATH="{source}" exec "{sys.executable}" -c "{MAIN}" "$@"\n',
        encoding="utf-8",
    )
    script.chmod(0o755)
    return f"{folder}:{os.environ['PATH']}"
