"""`labelaudit explain`: the page of a check, coefficient or starting policy, in the terminal."""

from __future__ import annotations

import inspect

import click

from labelaudit.cli.output import show


@click.command()
@click.argument("name", required=False)
def explain(name: str | None) -> int:
    """Explain a check, a coefficient or a starting policy; without a name, list them all.

    \b
    Example:
      labelaudit explain low-agreement
    """
    pages = _pages()
    if name is None:
        for known, page in pages.items():
            show(f"{known:24} {page.strip().splitlines()[0]}")
        return 0
    if name not in pages:
        raise click.UsageError(
            f"no check, coefficient or policy is called {name!r}{_nearest(name, pages)}"
        )
    show(f"{name}\n{'=' * len(name)}\n{inspect.cleandoc(pages[name])}")
    return 0


def _pages() -> dict[str, str]:
    from labelaudit.checks import CHECKS
    from labelaudit.coefficients import COEFFICIENTS
    from labelaudit.starting import POLICIES

    checks = {check.NAME: check.__doc__ or "" for check in CHECKS}
    policies = {starting.NAME: starting.__doc__ or "" for starting in POLICIES}
    return {**checks, **{name: _page(name) for name in COEFFICIENTS}, **policies}


def _page(name: str) -> str:
    from labelaudit.coefficients import COEFFICIENTS

    coefficient = COEFFICIENTS[name]
    return (
        f"{coefficient.title}\n\nScales: {', '.join(coefficient.scales)}\n"
        f"Source: {coefficient.source}"
    )


def _nearest(name: str, pages: dict[str, str]) -> str:
    import difflib

    near = difflib.get_close_matches(name, pages, n=1)
    return f"; did you mean {near[0]!r}?" if near else "; without a name all are listed"
