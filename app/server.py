"""The server: Streamlit on the loopback address, with security headers and signed media."""

from __future__ import annotations

import logging
import secrets
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import streamlit as st
from starlette.middleware import Middleware

from app import auth, failures, media
from app.headers import SecurityHeaders
from app.settings import Settings
from app.theme import THEME

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["Settings", "application", "serve"]

SCRIPT = Path(__file__).parent / "streamlit_app.py"
MAX_UPLOAD_MB = 300
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
    if hosts:
        config["server.allowedHosts"] = list(hosts)
    application(logins).run(config=config)


def application(logins: Mapping[str, str] | None = None) -> st.App:
    """Return the app with its headers; any ASGI server can run it."""
    return st.App(
        SCRIPT,
        secrets={"auth": dict(logins)} if logins else None,
        routes=[media.ROUTE],
        middleware=[Middleware(SecurityHeaders)],
        on_script_error=failures.recorded,
    )
