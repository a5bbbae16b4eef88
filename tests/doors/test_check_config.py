"""`labelaudit check-config`, and the pre-commit hook that calls it."""

from __future__ import annotations

import re
import shlex

import pytest
import yaml

from deliveries import CONFIG

WAIVERS = '[gate]\nwaivers = "labelaudit-waivers.toml"\n'
GOOD = """\
[[waivers]]
check = "low-agreement"
scope = "b2"
reason = "guideline v3, relabel ordered"
owner = "data-quality"
expires = 2026-12-31
"""
TODAY = ["--today", "2026-11-22"]


@pytest.fixture
def checked(run, tmp_path, monkeypatch):
    """Check files with these contents in a folder of their own."""
    monkeypatch.chdir(tmp_path)

    def check(*named, **contents):
        for name, content in contents.items():
            path = tmp_path / f"{name.replace('_', '-')}.toml"
            path.write_text(content, encoding="utf-8")
        return run("check-config", *named, *TODAY)

    return check


def test_what_stands_in_the_folder_is_checked(checked):
    done = checked(labelaudit=CONFIG + WAIVERS, labelaudit_waivers=GOOD)
    assert done.code == 0
    assert "labelaudit.toml: good" in done.err
    assert "1 in force, 0 expired" in done.err


FAULTS = {
    "an unknown key": ({"labelaudit": CONFIG.replace("[policy]", "[polcy]")}, "policy"),
    "percent": ({"labelaudit": CONFIG.replace("0.667", "66.7")}, "for 66.7 percent write 0.667"),
    "no TOML": ({"labelaudit": "[policy"}, "is not valid TOML"),
    "no waiver file": ({"labelaudit": CONFIG + WAIVERS}, "labelaudit-waivers.toml cannot be read"),
    "no owner": ({"labelaudit_waivers": GOOD.replace('owner = "data-quality"\n', "")}, "owner"),
    "no day": ({"labelaudit_waivers": GOOD.replace("2026-12-31", '"soon"')}, "expires"),
    "no check": (
        {"labelaudit_waivers": GOOD.replace("low-", "lo-")},
        "no check is called 'lo-agreement'; did you mean 'low-agreement'?",
    ),
    "two configurations": (
        {"labelaudit": CONFIG, "pyproject": "[tool.labelaudit.policy]\nmin_agreement = 0.5\n"},
        "holds two configurations",
    ),
}


@pytest.mark.parametrize("case", FAULTS)
def test_a_fault_is_named_and_is_wrong_usage(checked, case):
    contents, said = FAULTS[case]
    done = checked(*(f"{name.replace('_', '-')}.toml" for name in contents), **contents)
    assert (done.code, said in done.err) == (2, True), done.err


def test_every_fault_of_every_file_is_named(checked):
    done = checked("a.toml", "b.toml", a="x = 1", b="y = 1")
    assert (done.code, "labelaudit: 2 faults in 2 checked" in done.err) == (2, True)


def test_an_expired_waiver_is_shown_and_is_no_fault(checked):
    done = checked("our-waivers.toml", our_waivers=GOOD.replace("2026-12", "2026-10"))
    assert (done.code, "expired on 2026-10-31, waives nothing" in done.err) == (0, True)


def test_a_pyproject_that_is_not_about_labels_is_passed_over(checked):
    done = checked("pyproject.toml", pyproject="[project]\nname = 'x'\n")
    assert (done.code, done.err) == (0, "")


def test_a_folder_without_anything_is_wrong_usage(checked, block):
    done = checked()
    assert (done.code, "holds no labelaudit.toml" in block(done)) == (2, True)


def test_no_tables_are_loaded(process, sample_data):
    heavy = "{'pandas', 'duckdb', 'pandera', 'rich'}"
    loaded = f"import atexit, sys; atexit.register(lambda: print({heavy} & {{*sys.modules}}));"
    done = process("check-config", sample_data / "labelaudit.toml", first=loaded)
    assert (done.code, done.out) == (0, "set()\n")


@pytest.fixture
def hook(root):
    """Return the pre-commit hook."""
    (only,) = yaml.safe_load((root / ".pre-commit-hooks.yaml").read_text(encoding="utf-8"))
    return only


def test_the_hook_calls_a_command_that_is_there(run, hook, sample_data):
    program, *words = shlex.split(hook["entry"])
    assert (program, hook["language"]) == ("labelaudit", "python")
    assert run(*words, sample_data / "labelaudit.toml").code == 0


@pytest.mark.parametrize(
    ("path", "taken"),
    [
        ("labelaudit.toml", True),
        ("projects/cats/labelaudit.toml", True),
        ("pyproject.toml", True),
        ("labelaudit-waivers.toml", True),
        ("north-waivers.toml", True),
        ("mylabelaudit.toml", False),
        ("other.toml", False),
        ("waivers.md", False),
    ],
)
def test_the_hook_takes_configurations_and_waivers(hook, path, taken):
    assert bool(re.search(hook["files"], path)) == taken
