"""Logging in: a real OpenID Connect provider on this machine, and roles in the app."""

from __future__ import annotations

import importlib.util
import shutil
import subprocess
import sys

import pytest

from browser_work import free_port, serve

CONFIG = """\
[columns]
item = "image_id"
annotator = "worker"
label = "label"
[questions.label]
scale = "interval"
[review]
leads = ["lea@example.org"]
"""


# in a process of its own: there its warnings are nobody's errors
PROVIDER = """
import oidc_provider_mock as mock, sys
people = [
    mock.User(sub=name, claims={"email": f"{name}@example.org", "email_verified": True})
    for name in ("lea", "vic")
]
with mock.run_server_in_thread(user_claims=people) as server:
    print(server.server_port, flush=True)
    sys.stdin.read()
"""


@pytest.fixture(scope="module")
def provider():
    """Start a provider that knows Lea and Vic."""
    if importlib.util.find_spec("oidc_provider_mock") is None:
        pytest.skip("no local OpenID provider is installed")
    command = [sys.executable, "-W", "ignore", "-c", PROVIDER]
    pipe = subprocess.PIPE
    with subprocess.Popen(command, stdin=pipe, stdout=pipe, stderr=subprocess.DEVNULL) as process:
        yield f"http://localhost:{int(process.stdout.readline())}"
        process.terminate()


@pytest.fixture(scope="module")
def team(provider, sample_run, tmp_path_factory):
    """Start the app in team mode."""
    place = tmp_path_factory.mktemp("team")
    shutil.copytree(sample_run, place / "runs" / sample_run.name)
    (place / "labelaudit.toml").write_text(CONFIG, encoding="utf-8")
    public = free_port()
    served = serve(
        str(place / "reviews.db"),
        place / "runs",
        config=place / "labelaudit.toml",
        more=("--team", "--public-url", f"http://127.0.0.1:{public}"),
        port=public,
        LABELAUDIT_OIDC_METADATA_URL=f"{provider}/.well-known/openid-configuration",
        LABELAUDIT_OIDC_CLIENT_ID="labelaudit",
        LABELAUDIT_OIDC_CLIENT_SECRET="not-secret",  # noqa: S106 - the provider asks for any
    )
    yield served
    served.close()


def log_in(page, name):
    page.get_by_role("button", name="Log in").click()
    page.get_by_role("button", name=name, exact=True).click()
    page.get_by_text("Log out").wait_for()


def test_nobody_sees_a_page_before_logging_in(team, open_page):
    page = open_page("runs", of=team)
    page.get_by_role("button", name="Log in").wait_for()
    assert page.get_by_text("Upload and runs").count() == 0


@pytest.mark.parametrize(("name", "role"), [("lea", "lead"), ("vic", "viewer")])
def test_who_logs_in_has_the_role_of_the_configuration(team, open_page, name, role):
    page = open_page("", of=team)
    log_in(page, name)
    assert page.get_by_text(f"{name}@example.org, {role}").count() == 1


def test_a_viewer_cannot_upload(team, open_page):
    page = open_page("", of=team)
    log_in(page, "vic")
    page.get_by_role("link", name="Upload and runs").click()
    page.get_by_text("A lead uploads deliveries").wait_for()
    assert page.locator("input[type=file]").count() == 0
