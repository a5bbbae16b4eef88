"""What a command prints: results to stdout, words to stderr, nothing that can act or break."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING

import click

from labelaudit.errors import UsageError
from labelaudit.safe import inert, visible

if TYPE_CHECKING:
    from typing import TextIO

_LINE_CHARACTERS = 400


def say(message: str) -> None:
    """Print words for people: to stderr, so that stdout holds results alone."""
    lines = (visible(line, _LINE_CHARACTERS) for line in message.splitlines() or [""])
    _print(inert("\n".join(lines)) + "\n", sys.stderr)


def show(result: str) -> None:
    """Print a result to stdout as it stands."""
    _print(result if result.endswith("\n") else f"{result}\n", sys.stdout)


def _print(text: str, stream: TextIO) -> None:
    try:
        click.echo(text, file=stream, nl=False)
    except BrokenPipeError:
        # the reader went away, as `head` does: that is no reason to lose the verdict
        hush(stream)
    except OSError as error:
        hush(stream)
        if stream is sys.stdout:  # words may be lost, a result may not
            raise unwritten(error) from error


def unwritten(error: OSError) -> UsageError:
    """Return what to say when a result could not be printed."""
    problem = f"cannot be written: {error.strerror}"
    return UsageError("the output", problem, next_step="free some space, or write elsewhere")


def hush(stream: TextIO) -> None:
    """Send what is still written to a stream nowhere."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())
