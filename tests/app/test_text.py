"""Vendor text in the app: shown as written, and never a link, a formula or an icon."""

from __future__ import annotations

import re

import pytest

from app.components.text import letter, plain
from labelaudit.reports.safe import markdown

# what GitHub's markdown makes links of, once escapes are read
LINK = re.compile(r"(https?://|www(?=\.))[-.\w]+|[-.\w+]+@[-\w]+(\.[-\w]+)+", re.IGNORECASE)
ADDRESSES = ["http://evil.example/x", "HTTPS://evil.example", "www.evil.example", "a@evil.example"]


@pytest.mark.parametrize("address", ADDRESSES)
def test_an_address_in_vendor_text_does_not_become_a_link(address):
    read = re.sub(r"\\(.)", r"\1", plain(f"batch ({address})"))
    assert LINK.search(f"batch ({address})")
    assert not LINK.search(read)
    assert read.replace("\u2060", "") == f"batch ({address})"


def test_a_letter_shows_vendor_text_without_formula_icon_or_comment():
    shown = letter(markdown("http://a $x$ :material/delete: :red[b]"))
    assert "<!--" not in shown
    assert ":material" not in shown
    assert not re.search(r"(?<!\\)[$:/]", shown)
