"""One page that explains a run to whoever delivered it: no network, no script, one file.

Every text of the delivery is escaped, and its control and direction characters are written
out; the page forbids itself, by its content security policy, to load or run anything.
"""

from __future__ import annotations

import base64
import hashlib
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from labelaudit.reports.page.view import view
from labelaudit.safe import visible

if TYPE_CHECKING:
    from labelaudit.reports.documents import Documents

MAX_CHARACTERS = 1_000
MAX_SHORT = 160


def render(documents: Documents) -> str:
    """Return the page."""
    style = _style()
    template = _environment().get_template("report.html.j2")
    return template.render(page=view(documents), style=style, policy=_policy(style)) + "\n"


@cache
def _style() -> Markup:
    text = (files("labelaudit") / "reports" / "page" / "style.css").read_text(encoding="utf-8")
    return Markup(text)  # noqa: S704  our own file, no text of a delivery


def _policy(style: str) -> Markup:
    """Return what the page may do: show its own style, and pictures that it holds."""
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    rules = (
        "default-src 'none'",
        f"style-src 'sha256-{digest}'",
        "img-src data:",
        "base-uri 'none'",
        "form-action 'none'",
    )
    return Markup("; ".join(rules))  # noqa: S704  a hash and our own words


@cache
def _environment() -> Environment:
    """Return the templates; whatever they write is made visible, then escaped."""
    environment = Environment(
        loader=PackageLoader("labelaudit", "reports/page"),
        autoescape=True,
        undefined=StrictUndefined,
        finalize=_shown,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters["short"] = lambda text: visible(str(text), MAX_SHORT)
    return environment


def _shown(value: object) -> object:
    """Return text as a reader may see it; marks of our own templates pass."""
    if isinstance(value, str) and not isinstance(value, Markup):
        return visible(value, MAX_CHARACTERS)
    return value
