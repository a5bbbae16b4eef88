"""The outermost floor: every way a command can end, and its exit code."""

from __future__ import annotations

import os
import platform
import sys
import tempfile
import traceback
from typing import TYPE_CHECKING, NoReturn

import click

from labelaudit.__about__ import __version__
from labelaudit.errors import LabelAuditError
from labelaudit.gate import INTERNAL, INTERRUPTED, USAGE

if TYPE_CHECKING:
    from collections.abc import Callable


def guarded(command: click.Command) -> NoReturn:
    """Run a command; turn what it raises into one block on stderr and an exit code."""
    sys.exit(_code(lambda: command.main(standalone_mode=False)))


def _code(run: Callable[[], object]) -> int:
    try:
        result = run()
    except LabelAuditError as error:
        return _say(error.block(), error.exit_code)
    except click.ClickException as error:
        error.show()
        return USAGE
    except (click.Abort, KeyboardInterrupt):
        return _say("interrupted: nothing was written", INTERRUPTED)
    except BrokenPipeError:
        # the reader of our output went away, as `head` does
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except Exception:  # noqa: BLE001  the last floor: a crash must have its own exit code
        return _crashed(traceback.format_exc())
    return result if isinstance(result, int) else 0


def _say(message: str, code: int) -> int:
    click.echo(f"labelaudit: {message}", err=True)
    return code


def _crashed(trace: str) -> int:
    about = f"labelaudit {__version__}, Python {platform.python_version()}, {platform.system()}"
    report = f"{about}\narguments: {sys.argv[1:]}\n\n{trace}"
    with tempfile.NamedTemporaryFile(
        "w", prefix="labelaudit-crash-", suffix=".txt", delete=False, encoding="utf-8"
    ) as file:
        file.write(report)
    last = trace.strip().splitlines()[-1]
    return _say(
        f"internal error, not your fault: {last}\n  next: send {file.name} with your report",
        INTERNAL,
    )
