"""Files of a folder that are not read are named, with the reason: silence would be a claim."""

from __future__ import annotations

import pytest

from deliveries import answers, deliver

WHY = {
    ".hidden.csv": "hidden",
    "guide|`x`.pdf": ".pdf: not one of .csv, .tsv,",
    "labelaudit.toml": "labelaudit's own",
    "notes": "no suffix: not one of",
    "same.csv": "the same file as one that is read",
}


@pytest.fixture
def folder(tmp_path):
    data = deliver(tmp_path, answers())
    for name in WHY:
        if name == "same.csv":
            (data / name).symlink_to(data / "labels.csv")
        else:
            (data / name).write_text("")
    return data


@pytest.mark.parametrize("name", WHY)
def test_a_file_that_is_not_read_is_named_with_the_reason(run, folder, name):
    for other in {*WHY} - {name}:
        (folder / other).unlink()
    said = run("audit", folder, "-o", folder.parent / "runs").err.splitlines()
    (line,) = [line for line in said if line.startswith("passed over and not audited: 1: ")]
    assert f"/{name} ({WHY[name]}" in line


def test_the_reports_say_it_and_name_five(run, folder, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (folder / "z.txt").write_text("")
    done = run("gate", "delivery", "--report", "markdown=report.md")
    said = " ".join(done.out.split())
    assert "passed over and not audited: 6: delivery/.hidden.csv (hidden), " in said
    assert "delivery/same.csv (the same file as one that is read) and 1 more" in said
    assert "delivery/guide\\|\\`x\\`.pdf" in (tmp_path / "report.md").read_text()


@pytest.mark.parametrize("command", ["init", "agreement"])
def test_other_commands_say_it_too(run, folder, tmp_path, monkeypatch, command):
    monkeypatch.chdir(tmp_path / "delivery")
    (folder / "labelaudit.toml").unlink()
    assert "passed over and not audited: 4: " in run(command, folder).err


def test_nothing_is_said_where_all_is_read(run, tmp_path):
    data = deliver(tmp_path, answers())
    done = run("audit", data, "-o", tmp_path / "runs")
    assert "passed over" not in done.out + done.err
