"""Text that is not UTF-8: named, with the command that converts it."""

from __future__ import annotations

from labelaudit.errors import InputError

UTF8_BOM = b"\xef\xbb\xbf"
# The longer mark first: the mark of UTF-32 begins with that of UTF-16.
BOMS: tuple[tuple[bytes, str], ...] = (
    (b"\xff\xfe\x00\x00", "UTF-32"),
    (b"\x00\x00\xfe\xff", "UTF-32"),
    (b"\xff\xfe", "UTF-16"),
    (b"\xfe\xff", "UTF-16"),
)
# Where NUL bytes stand in plain English text of each encoding, by position modulo four.
NULS: tuple[tuple[str, str], ...] = (
    ("x000", "UTF-32LE"),
    ("000x", "UTF-32BE"),
    ("x0x0", "UTF-16LE"),
    ("0x0x", "UTF-16BE"),
)
SAMPLE = 4096


def refuse_other_encodings(name: str, head: bytes) -> None:
    """Raise if a file that begins with these bytes is text in UTF-16 or UTF-32."""
    found = _marked(head) or _patterned(head[:SAMPLE])
    if found:
        raise InputError(
            name,
            f"expected UTF-8, found {found} text",
            next_step=f"convert it: {conversion(name, found)}",
        )


def conversion(name: str, encoding: str) -> str:
    """Return the command that turns a file into UTF-8."""
    return f'iconv -f {encoding} -t UTF-8 "{name}" > utf8-copy'


def said(head: bytes) -> str:
    """Return the encoding in words."""
    return "UTF-8 with BOM" if head.startswith(UTF8_BOM) else "UTF-8"


def _marked(head: bytes) -> str | None:
    return next((encoding for bom, encoding in BOMS if head.startswith(bom)), None)


def _patterned(sample: bytes) -> str | None:
    if sample.count(0) * 4 < len(sample):
        return None
    columns = [sample[start::4] for start in range(4)]
    pattern = "".join("0" if column.count(0) * 2 > len(column) else "x" for column in columns)
    found = next((encoding for nuls, encoding in NULS if nuls == pattern), None)
    return found if found and _reads(sample, found) else None


def _reads(sample: bytes, encoding: str) -> bool:
    text = sample[: len(sample) // 4 * 4].decode(encoding, errors="replace")
    return all(letter.isprintable() or letter.isspace() for letter in text[:-1])
