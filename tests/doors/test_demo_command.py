"""`labelaudit demo`: the samples, audited, and what to look at next."""

from __future__ import annotations

import re
import shlex

_STEP = r"^  labelaudit ((?!review ).+?)(?:  +# exit code (\d).*)?$"  # the app would go on


def test_the_demo_writes_audits_and_its_next_steps_work_as_they_stand(run, tmp_path):
    (tmp_path / "demo/delivery").mkdir(parents=True)
    (tmp_path / "demo/README.md").write_text("an older one")
    done = run("demo", tmp_path / "demo")
    assert done.code == 0
    assert done.out.startswith("REJECT: 3 of 14 batches rejected")
    assert (tmp_path / "demo/runs/latest/audit.json").is_file()
    assert f"What was planted, and what should be found: {tmp_path / 'demo/README.md'}" in done.err
    steps = re.findall(
        r"^  labelaudit ((?!review ).+?)(?:  +# exit code (\d).*)?$", done.err, re.MULTILINE
    )
    assert len(steps) >= 2
    for step, code in steps:
        assert run(*shlex.split(step), *(["-o", tmp_path / "r"] if code else [])).code == int(
            code or 0
        )


def test_the_demo_ends_with_how_to_open_the_review_app(run, tmp_path):
    last = run("demo", tmp_path / "demo").err.splitlines()[-1]
    assert last.split()[:3] == ["labelaudit", "review", f"{tmp_path / 'demo/runs/latest'}"]


def test_a_place_that_cannot_be_written_is_refused(run, block, tmp_path):
    (tmp_path / "file").write_text("")
    done = run("demo", tmp_path / "file" / "demo")
    assert (done.code, "cannot be written" in block(done)) == (2, True)
