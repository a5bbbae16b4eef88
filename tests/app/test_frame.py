"""What stands around every page."""

from __future__ import annotations

from app.components.text import escaped, plain


def test_markup_in_a_label_is_shown_as_it_was_written():
    assert escaped("<img src=x onerror=alert(1)>") == "&lt;img src=x onerror=alert(1)&gt;"


def test_a_markdown_image_in_a_label_is_no_image():
    shown = plain("![a](http://b)")
    assert shown.replace("\u2060", "") == r"\!\[a\]\(http\:\/\/b\)"


def test_a_text_that_runs_backwards_is_written_out():
    assert escaped("a\u202eb") == r"a\u202eb"
