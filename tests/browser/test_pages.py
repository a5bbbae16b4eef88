"""Every page in a browser: shown without an error, and nothing asked of another host."""

from __future__ import annotations

import http.client
from urllib.parse import urlsplit

import pytest

PAGES = {
    "overview": "Overview",
    "review": "Review",
    "people": "Annotators and vendors",
    "runs": "Upload and runs",
    "exports": "Export and log",
}


@pytest.mark.parametrize("name", PAGES)
def test_a_page_is_shown_and_asks_nobody_else(served, open_page, name):
    page = open_page("about-nothing")
    asked = []
    page.on("request", lambda request: asked.append(urlsplit(request.url).hostname))
    page.goto(f"{served.url}/{name}")
    page.get_by_role("link", name=PAGES[name], exact=True).wait_for()
    page.wait_for_load_state("networkidle")
    page.wait_for_timeout(500)
    assert page.get_by_text("Something went wrong").count() == 0
    assert set(asked) - {None, ""} == {"127.0.0.1"}


def test_answers_carry_security_headers(served):
    parts = urlsplit(served.url)
    asked = http.client.HTTPConnection(str(parts.hostname), int(parts.port or 0))
    asked.request("GET", "/")
    headers = asked.getresponse().headers
    asked.close()
    assert "frame-ancestors 'none'" in str(headers["Content-Security-Policy"])
    assert headers["X-Content-Type-Options"] == "nosniff"


def test_an_upload_without_its_token_is_refused(served):
    parts = urlsplit(served.url)
    asked = http.client.HTTPConnection(str(parts.hostname), int(parts.port or 0))
    asked.request("PUT", "/_stcore/upload_file/a/b", b"x", {"Content-Type": "text/plain"})
    status = asked.getresponse().status
    asked.close()
    assert status == http.client.FORBIDDEN
