"""Logging in by OpenID Connect: what Streamlit needs to know, from the environment."""

from __future__ import annotations

import os
import secrets

from labelaudit.errors import UsageError

VARIABLES = {
    "server_metadata_url": "LABELAUDIT_OIDC_METADATA_URL",
    "client_id": "LABELAUDIT_OIDC_CLIENT_ID",
    "client_secret": "LABELAUDIT_OIDC_CLIENT_SECRET",
}
COOKIES = "LABELAUDIT_COOKIE_SECRET"
"""Signs the cookie of a login; without it everybody logs in anew when the app starts."""
_LEAST_CHARACTERS = 32


def section(public_url: str) -> dict[str, str]:
    """Return the settings of logins, for an app that is reached under an address.

    Raises
    ------
    UsageError
        If a variable is not set, or the cookie secret is too short to be one.

    """
    given = {name: os.environ.get(variable, "") for name, variable in VARIABLES.items()}
    if missing := [VARIABLES[name] for name, value in given.items() if not value]:
        raise UsageError(
            "--team",
            "needs to know who vouches for people",
            examples=[f"{variable} is not set" for variable in missing],
            next_step="set them to what the provider of logins says of this app",
        )
    return {
        **given,
        "cookie_secret": _cookie_secret(),
        "redirect_uri": f"{public_url.rstrip('/')}/oauth2callback",
    }


def _cookie_secret() -> str:
    found = os.environ.get(COOKIES) or secrets.token_hex(32)
    if len(found) < _LEAST_CHARACTERS:
        raise UsageError(
            COOKIES,
            f"has {len(found)} characters, expected at least {_LEAST_CHARACTERS}",
            next_step="set it to a long random text and keep it out of the repo",
        )
    return found
