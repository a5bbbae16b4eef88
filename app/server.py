"""The server: Streamlit on the loopback address, with security headers and signed media."""

from __future__ import annotations

import logging
import secrets
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import streamlit as st
from starlette.middleware import Middleware

from app import auth, failures, media
from app.headers import SecurityHeaders
from app.settings import MAX_UPLOAD_MB, Settings
from app.theme import THEME

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["Settings", "application", "serve"]

SCRIPT = Path(__file__).parent / "streamlit_app.py"
_LOOPBACK = ("127.0.0.1", "localhost", "::1")
_EVERY = ("0.0.0.0", "::")  # noqa: S104 - compared with, not bound to
# after each run Streamlit collects garbage before a fragment's last message leaves: a press of
# a key would take twice as long. Memory is held flat by keeping large tables out of the pages.
_QUICK = {"runner.postScriptGC": False}
_CALM = {
    "browser.gatherUsageStats": False,
    "client.disableDataExport": True,  # its CSV holds cells that a spreadsheet would run
    "client.showErrorDetails": "none",
    "client.toolbarMode": "minimal",
    "server.fileWatcherType": "none",
    "server.headless": True,
    "server.maxUploadSize": MAX_UPLOAD_MB,
}


def serve(
    settings: Settings,
    *,
    address: str,
    port: int,
    public_url: str | None = None,
    hosts: tuple[str, ...] = (),
) -> None:
    """Serve the app until it is interrupted."""
    logins = auth.section(public_url or f"http://{address}:{port}") if settings.team else None
    logging.getLogger("labelaudit.app").setLevel(logging.INFO)
    replace(settings, secret=settings.secret or secrets.token_hex(32)).store()
    config = {**_QUICK, **_CALM, **THEME, "server.address": address, "server.port": port}
    config["server.allowedHosts"] = answered(address, public_url, hosts)
    application(logins).run(config=config)


def answered(address: str, public_url: str | None, hosts: tuple[str, ...]) -> list[str]:
    """Return the host names that the app answers to.

    Without them a page elsewhere could name its own host, let that name lead here, and act
    as the person at the screen.
    """
    public = urlsplit(public_url or "").hostname
    own = _LOOPBACK if address in _LOOPBACK else (address,)
    named = own if address not in _EVERY else ()
    return list(dict.fromkeys([*named, *([public] if public else []), *hosts]))


def application(logins: Mapping[str, str] | None = None) -> st.App:
    """Return the app with its headers; any ASGI server can run it."""
    return st.App(
        SCRIPT,
        secrets={"auth": dict(logins)} if logins else None,
        routes=[media.ROUTE],
        middleware=[Middleware(SecurityHeaders)],
        on_script_error=failures.recorded,
    )
