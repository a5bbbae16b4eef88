"""Who may do what, and what logging in needs."""

from __future__ import annotations

import pytest

from app import auth, server, state
from app.settings import Settings
from labelaudit.errors import UsageError

CONFIG = '[columns]\nitem = "i"\nannotator = "a"\nlabel = "l"\n[questions.l]\nscale = "interval"\n'


@pytest.fixture
def team(tmp_path):
    config = tmp_path / "labelaudit.toml"
    config.write_text(CONFIG + '[review]\nleads = ["lea@x.org"]\nreviewers = ["rob@x.org"]\n')
    Settings(team=True, config=str(config)).store()


@pytest.mark.parametrize(
    ("name", "role"),
    [("lea@x.org", "lead"), ("rob@x.org", "reviewer"), ("eve@x.org", "viewer"), ("", "viewer")],
)
def test_roles_come_from_the_configuration(team, name, role):
    assert state._role(name) == role


def test_an_address_that_nobody_checked_is_no_name():
    claims = {"email": "lea@x.org", "email_verified": False, "sub": "x1"}
    assert state._name(claims) == "x1"


@pytest.mark.parametrize(
    ("role", "may"), [("lead", "lead"), ("lead", "viewer"), ("reviewer", "reviewer")]
)
def test_a_higher_role_may_what_a_lower_one_may(role, may):
    assert state.Me("x", role, verified=True).may(may)


def test_a_viewer_may_not_decide():
    assert not state.Me("x", "viewer", verified=True).may("reviewer")


def test_the_local_user_is_a_lead_whom_nobody_vouched_for(empty):
    me = state.me()
    assert (me.role, me.verified) == ("lead", False)


def test_logins_say_which_variables_are_missing(monkeypatch):
    for variable in auth.VARIABLES.values():
        monkeypatch.delenv(variable, raising=False)
    with pytest.raises(UsageError) as refused:
        auth.section("http://localhost:1")
    assert refused.value.count == 3


def test_a_short_cookie_secret_is_refused(monkeypatch):
    for variable in auth.VARIABLES.values():
        monkeypatch.setenv(variable, "x")
    monkeypatch.setenv(auth.COOKIES, "short")
    with pytest.raises(UsageError, match="has 5 characters"):
        auth.section("http://localhost:1")


@pytest.mark.parametrize(
    ("address", "public", "more", "expected"),
    [
        ("127.0.0.1", None, (), ["127.0.0.1", "localhost", "::1"]),
        ("10.0.0.5", "https://review.example.org/x", (), ["10.0.0.5", "review.example.org"]),
        ("0.0.0.0", None, ("a.example.org",), ["a.example.org"]),  # noqa: S104
    ],
)
def test_the_app_answers_to_its_own_names_only(address, public, more, expected):
    assert server.answered(address, public, more) == expected
