"""How keys behave on the page: held ones count once, and a field gives them back when left."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

import streamlit as st

if TYPE_CHECKING:
    from streamlit.components.v2.types import ComponentRenderer

# A key that is held repeats; here it counts once. (The server refuses such presses as well.)
# Shortcuts rest while a field has the focus: so Enter and Escape leave a text field, and a
# switch that was set does not keep the focus.
_JS = """
const TEXT = "input[type=text], input:not([type]), textarea";
function pressed(event) {
  const field = event.target.closest ? event.target.closest("input, textarea") : null;
  if (event.repeat && !field && event.key.length === 1) {
    event.preventDefault();
    event.stopImmediatePropagation();
  }
  const done = event.key === "Enter" || event.key === "Escape";
  if (done && field && field.matches(TEXT)) setTimeout(() => field.blur(), 0);
}
function changed(event) {
  if (event.target.matches("input[type=checkbox]")) event.target.blur();
}
export default function () {
  if (window.labelauditManners) return;
  window.labelauditManners = true;
  window.addEventListener("keydown", pressed, true);
  window.addEventListener("change", changed, true);
}
"""


@cache
def _component() -> ComponentRenderer:
    return st.components.v2.component("labelaudit_manners", html="<span></span>", js=_JS)


def manners() -> None:
    """Teach the page its manners; once is enough."""
    _component()(key="manners", height="content")
