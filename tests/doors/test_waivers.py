"""Waivers at the gate: they let through until their day, are always seen, and fail closed."""

from __future__ import annotations

import json
import tomllib

import pytest

from deliveries import CONFIG, answers, deliver

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
def gated(run, tmp_path):
    """Gate a delivery with one rejected batch, with these waivers; return how it ended."""
    data = deliver(tmp_path, [*answers(units=150), *answers("b2", units=150, differ=100)],
                   CONFIG + WAIVERS)  # fmt: skip
    config = ["-c", tmp_path / "labelaudit.toml", "-o", tmp_path / "runs"]

    def gate(waivers, *more):
        if waivers is not None:
            (tmp_path / "labelaudit-waivers.toml").write_text(waivers, encoding="utf-8")
        return run("gate", data, *config, *(more or TODAY))

    return gate


def test_a_waived_batch_passes_and_every_report_says_so(gated, tmp_path):
    paths = {form: tmp_path / f"report.{form}" for form in ("text", "markdown", "json")}
    options = [word for form, path in paths.items() for word in ("--report", f"{form}={path}")]
    done = gated(GOOD, *TODAY, *options)
    assert done.code == 0
    assert done.err.endswith("every batch is accepted, 1 of them only by a waiver: b2\n")
    for path in paths.values():
        assert "relabel ordered" in " ".join(path.read_text().split())
    assert "1 of 2 batches rejected, 1 accepted, 1 let through by waivers" in done.words


def test_waived_findings_stay_visible_and_counted(gated):
    done = gated(GOOD)
    assert "x low-agreement" in done.out
    assert "On 2026-11-22: 1 reason waived, 1 batch let through by that alone." in done.words


def test_the_gate_records_what_was_waived(gated, tmp_path):
    gated(GOOD)
    gate = json.loads((tmp_path / "runs/latest/gate.json").read_text())
    (used,) = gate["waived"]
    assert (used["batch_id"], used["check"], used["expires"]) == (
        "b2",
        "low-agreement",
        "2026-12-31",
    )
    assert (gate["exit_code"], gate["today"], gate["let_through"]) == (0, "2026-11-22", ["b2"])


def test_the_audit_itself_knows_no_waivers(gated, tmp_path):
    gated(GOOD)
    waived = (tmp_path / "runs/latest/audit.json").read_bytes()
    gated("")
    assert (tmp_path / "runs/latest/audit.json").read_bytes() == waived


def test_an_expired_waiver_is_shown_and_waives_nothing(gated):
    done = gated(GOOD, "--today", "2027-01-01")
    assert (done.code, "EXPIRED" in done.out) == (1, True)
    assert "waiver expired on 2026-12-31: low-agreement at b2 (data-quality)" in done.err


def without(key):
    return "".join(line for line in GOOD.splitlines(keepends=True) if not line.startswith(key))


@pytest.mark.parametrize(
    ("waivers", "said"),
    [
        *((without(key), key) for key in ("check", "scope", "reason", "owner", "expires")),
        (GOOD.replace('"data-quality"', '" "'), "waiver 1: needs owner"),
        (GOOD.replace("2026-12-31", '"soon"'), "needs expires (a date such as 2026-12-31)"),
        (GOOD.replace("2026-12-31", "2026-13-41"), "is not valid TOML"),
        (GOOD.replace("2026-12-31", "2026-12-31T10:00:00"), "needs expires"),
        (GOOD + "note = 'x'\n", "unknown key 'note'"),
        (GOOD.replace("[[waivers]]", "[waivers]"), "is no list: write [[waivers]]"),
        (GOOD.replace("[[waivers]]", "[[waiver]]"), "unknown key 'waiver'"),
        ("waivers = [1]\n", "waiver 1: is no table"),
        ("\x00", "is not valid TOML"),
        (None, "labelaudit-waivers.toml cannot be read"),
    ],
)
def test_what_is_no_waiver_is_shown_and_waives_nothing(gated, waivers, said):
    done = gated(waivers)
    assert (done.code, "not a waiver: " in done.err, said in done.err) == (1, True, True)


def test_one_fault_does_not_take_the_others_along(gated):
    assert gated(without("owner") + GOOD).code == 0


def test_a_waiver_that_nothing_needed_is_listed(gated):
    done = gated(GOOD.replace('"b2"', '"b9"'))
    assert (done.code, "unused" in done.out) == (1, True)


def test_a_finished_run_takes_the_file_by_name(run, gated, tmp_path):
    assert gated("").code == 1
    (tmp_path / "labelaudit-waivers.toml").write_text(GOOD)
    options = ["--waivers", tmp_path / "labelaudit-waivers.toml", *TODAY]
    assert run("gate", tmp_path / "runs/latest", *options).code == 0
    assert run("gate", tmp_path / "runs/latest").code == 1
    assert run("gate", tmp_path / "runs/latest", "--waivers", tmp_path / "absent").code == 2


WAIVE = ["waive", "low-agreement", "--scope", "b2", "--reason", 'v3 "new"\n', "--owner", "ann"]


def test_waive_writes_what_the_gate_reads(run, gated, tmp_path):
    path = tmp_path / "labelaudit-waivers.toml"
    path.write_text("# ours\n" + GOOD.replace('"b2"', '"b7"'))
    done = run(*WAIVE, "--expires", "2026-12-01", "-f", path, *TODAY)
    assert (done.code, gated(None).code) == (0, 0)
    assert path.read_text().startswith("# ours\n")
    assert len(tomllib.loads(path.read_text())["waivers"]) == 2


def test_waive_starts_a_file(run, tmp_path):
    path = tmp_path / "w.toml"
    assert run(*WAIVE, "--expires", "2026-12-01", "-f", path, *TODAY).code == 0
    assert tomllib.loads(path.read_text())["waivers"][0]["reason"] == 'v3 "new"\n'


@pytest.mark.parametrize(
    "words",
    [
        ["waive", "low-agrement", *WAIVE[2:], "--expires", "2026-12-01"],
        ["waive", "no-threshold", *WAIVE[2:], "--expires", "2026-12-01"],
        [*WAIVE, "--expires", "2026-11-21"],
        [*WAIVE, "--expires", "soon"],
        [*WAIVE[:-1], " ", "--expires", "2026-12-01"],
        [*WAIVE[:-2], "--expires", "2026-12-01"],
        WAIVE,
    ],
)
def test_waive_refuses_what_would_be_no_waiver(run, tmp_path, words):
    done = run(*words, "-f", tmp_path / "w.toml", *TODAY)
    assert (done.code, (tmp_path / "w.toml").exists()) == (2, False)


@pytest.mark.parametrize("before", ["waivers = []\n", "[[waivers\n", "\x00"])
def test_waive_leaves_a_file_it_cannot_add_to_as_it_was(run, block, tmp_path, before):
    (tmp_path / "w.toml").write_text(before)
    done = run(*WAIVE, "--expires", "2026-12-01", "-f", tmp_path / "w.toml", *TODAY)
    assert (done.code, "cannot be written" in block(done)) == (2, True)
    assert (tmp_path / "w.toml").read_text() == before
