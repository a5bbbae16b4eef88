"""Who is here, and what they may do. Asked in the callback that acts, not only when drawing."""

from __future__ import annotations

import getpass
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Literal

import streamlit as st

from app import settings
from labelaudit.errors import UsageError
from labelaudit.project import load_project
from labelaudit.settings import Review

if TYPE_CHECKING:
    from collections.abc import Mapping

Role = Literal["viewer", "reviewer", "lead"]
_RANKS: dict[Role, int] = {"viewer": 0, "reviewer": 1, "lead": 2}


@dataclass(frozen=True, slots=True)
class Me:
    """A person at the screen; `verified` says whether somebody vouched for the name."""

    name: str
    role: Role
    verified: bool

    def may(self, role: Role) -> bool:
        """Say whether this person may do what a role may."""
        return _RANKS[self.role] >= _RANKS[role]


def me() -> Me:
    """Return who is here: the local user, or who logged in."""
    if not settings.current().team:
        return Me(getpass.getuser(), "lead", verified=False)
    name = _name(st.user.to_dict())
    return Me(name, _role(name), verified=True)


def require(role: Role) -> Me:
    """Return who is here if they may act so.

    Raises
    ------
    UsageError
        If their role does not allow it; nothing was done.

    """
    found = me()
    if not found.may(role):
        raise UsageError(
            found.name or "nobody",
            f"is a {found.role}, and this needs a {role}",
            next_step="ask a lead to name you under [review] in labelaudit.toml",
        )
    return found


def now() -> datetime:
    """Return the time that is written beside what somebody does."""
    return datetime.now(UTC)


def _name(claims: Mapping[str, object]) -> str:
    """Return the e-mail address, unless the provider says that it was never checked."""
    if claims.get("email") and claims.get("email_verified") is not False:
        return str(claims["email"])
    return str(claims.get("sub") or "")


def _role(name: str) -> Role:
    config = settings.current().config
    review = _review(config) if config else Review()
    if name in review.leads:
        return "lead"
    return "reviewer" if name in review.reviewers else "viewer"


@cache
def _review(config: str) -> Review:
    return load_project(Path(config)).review
