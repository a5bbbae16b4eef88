"""JSON lines: one object on each line, whose keys are the columns.

Two passes: the first finds the keys, which later lines may add to, and all that is
wrong; the second reads. A key that a line lacks is an empty cell.
"""

from __future__ import annotations

from functools import partial
from itertools import chain
from typing import TYPE_CHECKING

from labelaudit.errors import InputError
from labelaudit.readers import encoding
from labelaudit.readers.cells import chunk_of
from labelaudit.readers.contract import CHUNK_BYTES, FEW_ROWS, Budget, Table
from labelaudit.readers.faults import Offences, collected, together
from labelaudit.readers.json_values import BadLineError, Row, parse
from labelaudit.readers.names import check_count, check_names
from labelaudit.readers.text import Meter, pieces
from labelaudit.readers.unpacking import head_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from labelaudit.readers.contract import Chunk, Source

SUFFIXES: tuple[str, ...] = (".jsonl", ".ndjson")
TEXT = True
CELLS = 2_000_000


def recognises(head: bytes) -> bool:
    """Take text that begins with a brace or a bracket."""
    return head.removeprefix(encoding.UTF8_BOM).lstrip()[:1] in (b"{", b"[")


def look(source: Source, budget: Budget) -> Table:
    """Read the whole file once, for its keys and its faults."""
    head = head_of(source, budget)
    _refuse_documents(source.name, head)
    columns = check_names(source.name, _keys(source, budget))
    words = ("one JSON object a line", encoding.said(head))
    return Table(columns, words, partial(_read, source, columns), sparse=True)


def _refuse_documents(name: str, head: bytes) -> None:
    text = head.decode("utf-8-sig", errors="replace").lstrip()
    first = text.splitlines()[0].rstrip() if text else ""
    if first.startswith("["):
        found, program = "one JSON array", ".[]"
    elif first.endswith(("{", "[", ",", ":")):
        found, program = "JSON that runs over several lines", "."
    else:
        return
    raise InputError(
        name,
        f"line 1: expected one JSON object on each line, found {found}",
        next_step=f"""write one a line, for instance: jq -c '{program}' "{name}" > labels.jsonl""",
    )


def _keys(source: Source, budget: Budget) -> tuple[str, ...]:
    offences, keys = Offences(source.name), dict[str, None]()
    faults: list[InputError] = []
    with collected(faults):
        for _, row in _rows(source, budget, Meter(), offences):
            if not row.keys() <= keys.keys():
                keys.update(dict.fromkeys(row))
                check_count(source.name, keys)
    if offences.count:
        faults.insert(0, _fault(source.name, offences))
    if faults:
        raise together(faults)
    return tuple(keys)


def _fault(name: str, offences: Offences) -> InputError:
    lines = "1 line is" if offences.count == 1 else f"{offences.count:,} lines are"
    return InputError(
        name,
        f"{lines} not one JSON object each",
        examples=offences.examples,
        count=offences.count,
        next_step="correct these lines, or ask for the file again",
    )


def _rows(
    source: Source, budget: Budget, meter: Meter, offences: Offences
) -> Iterator[tuple[int, Row]]:
    """Yield the lines as rows; empty lines are harmless only at the end of the file."""
    lines = chain.from_iterable(pieces(source, budget, meter))
    for number, line in enumerate(lines, start=1):
        if line.isspace():
            offences.note_empty(number)
            continue
        if offences.empty_count:
            offences.record_follows()
        try:
            row = parse(line)
        except BadLineError as error:
            offences.note(number, str(error))
        else:
            yield number, row


def _read(source: Source, columns: tuple[str, ...], budget: Budget) -> Iterator[Chunk]:
    meter, offences = Meter(), Offences(source.name)
    most = max(1, min(FEW_ROWS, CELLS // len(columns)))
    numbers: list[int] = []
    rows: list[Row] = []
    for number, row in _rows(source, budget, meter, offences):
        numbers.append(number)
        rows.append(row)
        if len(rows) >= most or meter.characters > CHUNK_BYTES:
            yield chunk_of(numbers, ([row.get(column) for row in rows] for column in columns))
            numbers, rows, meter.characters = [], [], 0
    if offences.count:  # the file was changed since it was looked at
        raise _fault(source.name, offences)
    if rows:
        yield chunk_of(numbers, ([row.get(column) for row in rows] for column in columns))
