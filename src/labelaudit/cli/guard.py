"""The outermost floor: every way a command can end, and its exit code."""

from __future__ import annotations

import errno
import io
import os
import platform
import signal
import sys
import tempfile
import traceback
from contextlib import suppress
from typing import TYPE_CHECKING, NoReturn

import click

from labelaudit.__about__ import __version__
from labelaudit.cli.output import hush, say, unwritten
from labelaudit.errors import LabelAuditError
from labelaudit.gate import INTERNAL, INTERRUPTED, TERMINATED, USAGE

if TYPE_CHECKING:
    from collections.abc import Callable
    from types import FrameType

_CODES: dict[int, int] = {signal.SIGINT: INTERRUPTED, signal.SIGTERM: TERMINATED}
_INTERRUPTS: list[int] = []
"""The signals that came: libraries may turn the interrupt into an error of their own."""


def guarded(command: click.Command) -> NoReturn:
    """Run a command; turn what it raises into one block on stderr and an exit code."""
    for number in _CODES:
        signal.signal(number, _interrupted)
    if isinstance(sys.stdout, io.TextIOWrapper):
        # what the terminal cannot show is written out: it costs no verdict
        sys.stdout.reconfigure(errors="backslashreplace")
    code = _code(lambda: command.main(prog_name="labelaudit", standalone_mode=False))
    sys.exit(_flushed(code))


def _flushed(code: int) -> int:
    """Return the exit code, or that of an output which cannot take what is left to print."""
    try:
        sys.stdout.flush()
    except BrokenPipeError:
        hush(sys.stdout)
    except OSError as error:
        hush(sys.stdout)
        return code or _ended(unwritten(error))
    return code


def _interrupted(number: int, _frame: FrameType | None) -> None:
    """Stop once: a second signal would stop the cleaning up, and leave a half run folder."""
    _INTERRUPTS.append(number)
    if len(_INTERRUPTS) == 1:
        raise KeyboardInterrupt


def _code(run: Callable[[], object]) -> int:
    try:
        result = run()
    except BrokenPipeError:  # of --help: what a command prints does not raise it
        hush(sys.stdout)
        return 0
    except (Exception, KeyboardInterrupt) as error:  # noqa: BLE001  a crash has its own exit code
        return _ended(error)
    return result if isinstance(result, int) else 0


def _ended(error: BaseException) -> int:
    """Say how a command ended that did not return, and give the exit code of that."""
    if _INTERRUPTS or isinstance(error, click.Abort | KeyboardInterrupt):
        code = _CODES[_INTERRUPTS[0]] if _INTERRUPTS else INTERRUPTED
        word = "terminated" if code == TERMINATED else "interrupted"
        return _say(f"{word}: no half-written run folder is left", code)
    if isinstance(error, LabelAuditError):
        return _say(error.block(), error.exit_code)
    if isinstance(error, click.ClickException):
        with suppress(OSError):
            error.show()
        return USAGE
    if isinstance(error, OSError) and error.errno == errno.ENOSPC:
        return _ended(unwritten(error))
    return _crashed(error)


def _say(message: str, code: int) -> int:
    say(f"labelaudit: {message}")
    return code


def _crashed(error: BaseException) -> int:
    about = f"labelaudit {__version__}, Python {platform.python_version()}, {platform.system()}"
    trace = "".join(traceback.format_exception(error))
    report = f"{about}\narguments: {sys.argv[1:]}\n\n{trace}"
    said = f"{type(error).__name__}: {error}"
    return _say(f"internal error, not your fault: {said}\n  next: {_kept(report)}", INTERNAL)


def _kept(report: str) -> str:
    """Keep the report of a crash in a file, and say where; print it where no file can be."""
    try:
        handle, name = tempfile.mkstemp(prefix="labelaudit-crash-", suffix=".txt", text=True)
        with os.fdopen(handle, "w", encoding="utf-8", errors="backslashreplace") as file:
            file.write(report)
    except OSError:
        return f"send this with your report:\n{report}"
    return f"send {name} with your report; it names your files, and may hold a value or two"
