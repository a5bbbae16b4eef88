"""Pictures: only those under the declared folder, at addresses that a page gave out."""

from __future__ import annotations

import asyncio
from urllib.parse import unquote

import pytest
from starlette.applications import Starlette

from app import media
from app.settings import Settings
from shared_configs import PICTURES

PNG = b"\x89PNG\r\n\x1a\n"


@pytest.fixture
def place(tmp_path):
    """Declare a folder of pictures beside a configuration; return where both are."""
    (tmp_path / "images/deep").mkdir(parents=True)
    for name in ("a b.png", "deep/c.jpg", "d.svg", "e.txt"):
        (tmp_path / "images" / name).write_bytes(PNG)
    (tmp_path / "secret.png").write_bytes(PNG)
    (tmp_path / "labelaudit.toml").write_text(PICTURES)
    config = str(tmp_path / "labelaudit.toml")
    Settings(config=config, secret="s" * 64).store()
    return tmp_path


@pytest.fixture
def ask(place):
    """Return what asks the route for an address: it gives status and kind of content."""
    app = Starlette(routes=[media.ROUTE])

    def answer(address):
        sent = []
        path = unquote(address)
        scope = {"type": "http", "method": "GET", "path": path, "headers": [], "query_string": b""}

        async def receive():
            await asyncio.Event().wait()  # who asked stays

        async def send(message):
            sent.append(message)

        asyncio.run(app(scope, receive, send))
        return sent[0]["status"], dict(sent[0]["headers"]).get(b"content-type", b"").decode()

    return answer


@pytest.mark.parametrize(("name", "kind"), [("a b.png", "image/png"), ("deep/c.jpg", "image/jpeg")])
def test_a_picture_under_the_folder_is_served_as_a_picture(ask, name, kind):
    assert ask(media.address(name)) == (200, kind)


@pytest.mark.parametrize(
    "name",
    [
        *("../secret.png", "deep/../../secret.png", "none.png", "d.svg", "e.txt", "", "."),
        *("a\x00.png", "x" * 5000 + ".png", "http://evil.invalid/a.png"),
    ],
)
def test_nothing_else_has_an_address(place, name):
    assert media.address(name) is None
    assert media.address(str(place / "secret.png")) is None


def test_a_link_that_leads_out_of_the_folder_has_no_address(place):
    (place / "images/out.png").symlink_to(place / "secret.png")
    assert media.address("out.png") is None


def test_an_address_that_no_page_gave_out_is_refused(ask):
    good = media.address("deep/c.jpg")
    assert ask(good.replace("deep/c.jpg", "a%20b.png"))[0] == 404
    assert ask(good.replace(good.split("/")[2], "0" * 64))[0] == 404


def test_an_address_of_another_server_is_refused(ask, place):
    good = media.address("deep/c.jpg")
    config = str(place / "labelaudit.toml")
    Settings(config=config, secret="t" * 64).store()
    assert ask(good)[0] == 404


def test_a_picture_that_was_deleted_is_not_there(ask, place):
    good = media.address("deep/c.jpg")
    (place / "images/deep/c.jpg").unlink()
    assert ask(good)[0] == 404


def test_without_a_declared_folder_there_are_no_pictures(place):
    Settings().store()
    assert media.address("a b.png") is None
