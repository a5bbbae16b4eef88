"""The physical lines of a UTF-8 file, as an editor numbers them."""

from __future__ import annotations

import io
from dataclasses import dataclass
from typing import TYPE_CHECKING

from labelaudit.errors import InputError
from labelaudit.readers.contract import RECORD_CHARACTERS, TOO_LONG
from labelaudit.readers.encoding import UTF8_BOM, conversion
from labelaudit.readers.unpacking import blocks

if TYPE_CHECKING:
    from collections.abc import Iterator

    from labelaudit.readers.contract import Budget, Source


@dataclass(slots=True)
class Meter:
    """How many characters were handed out since a chunk was begun, and how many may be."""

    characters: int = 0
    most: int | None = None


def pieces(source: Source, budget: Budget, meter: Meter) -> Iterator[io.StringIO]:
    """Yield runs of whole lines, ends of line kept; each run iterates over its lines.

    A line ends at LF, CR LF or CR, and nowhere else. What stands before a bad byte is
    yielded before the error is raised, so that the faults above it are found as well.
    """
    for line, data in _whole_lines(source, budget):
        if meter.most is not None and meter.characters > meter.most:
            raise _too_long(source.name, line, "a record that reaches to here is")
        text, bad = _decoded(data)
        meter.characters += len(text)
        yield io.StringIO(text, newline="")
        if bad is not None:
            raise _bad_byte(source, line + _breaks(data[:bad]), data[bad : bad + 1])


def _whole_lines(source: Source, budget: Budget) -> Iterator[tuple[int, bytes]]:
    """Yield runs of whole lines, each with the number of its first line."""
    rest, line = b"", 1
    for block in blocks(source, budget):
        data = rest + block if rest else block.removeprefix(UTF8_BOM) if line == 1 else block
        cut = _last_break(data)
        if cut:
            yield line, data[:cut]
            line += _breaks(data[:cut])
        rest = data[cut:]
        if len(rest) > RECORD_CHARACTERS:
            raise _too_long(source.name, line, "the line is")
    if rest:
        yield line, rest


def _last_break(data: bytes) -> int:
    """Return where the last whole line ends; a CR at the very end may be half a CR LF."""
    return max(data.rfind(b"\n"), data.rfind(b"\r", 0, -1)) + 1


def _breaks(data: bytes) -> int:
    return data.count(b"\n") + data.count(b"\r") - data.count(b"\r\n")


def _decoded(data: bytes) -> tuple[str, int | None]:
    """Return the text, or the whole lines above the first bad byte and where it stands."""
    bad = data.find(b"\x00")
    try:
        text = data.decode()
    except UnicodeDecodeError as error:
        bad = error.start if bad < 0 else min(bad, error.start)
    else:
        if bad < 0:
            return text, None
    return data[: _last_break(data[:bad])].decode(), bad


def _bad_byte(source: Source, line: int, byte: bytes) -> InputError:
    if byte == b"\x00":
        return InputError(
            source.name,
            f"line {line}: a NUL byte, which text cannot hold",
            next_step="the file is damaged or was cut off while written: ask for it again",
        )
    return InputError(
        source.name,
        f"line {line}: byte 0x{byte.hex().upper()} is not UTF-8",
        next_step="find out its encoding and convert it, for instance: "
        + conversion(source.name, "WINDOWS-1252"),
    )


def _too_long(name: str, line: int, what: str) -> InputError:
    return InputError(
        name,
        f"line {line}: {what} longer than {RECORD_CHARACTERS:,} characters",
        next_step=TOO_LONG,
    )
