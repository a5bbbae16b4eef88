"""`labelaudit agreement`: the statistician's table."""

from __future__ import annotations

import click


@click.command()
def agreement() -> int:
    """Placeholder."""
    return 0
