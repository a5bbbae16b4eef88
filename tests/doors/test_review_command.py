"""`labelaudit review`: what it refuses before it serves anything."""

from __future__ import annotations

import pytest


def test_a_folder_that_is_no_run_is_refused(run, block, tmp_path):
    done = run("review", tmp_path, "--db", tmp_path / "r.db")
    assert (done.code, "expected a run folder" in block(done)) == (4, True)


def test_a_faulty_configuration_is_refused_at_once(run, block, tmp_path):
    config = tmp_path / "labelaudit.toml"
    config.write_text("[columns]\nitm = 'a'\n", encoding="utf-8")
    done = run("review", "-c", config, "--db", tmp_path / "r.db")
    assert (done.code, "itm" in block(done)) == (2, True)


def test_an_address_for_others_needs_logins(run, block):
    done = run("review", "--address", "0.0.0.0")  # noqa: S104 - it is refused
    assert (done.code, "asks nobody who they are" in block(done)) == (2, True)


@pytest.mark.parametrize("port", ["0", "70000", "x"])
def test_a_port_is_a_port(run, port):
    assert run("review", "--port", port).code == 2
