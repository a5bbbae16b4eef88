"""Files that are something else: what they really are, and what to do about it.

Told by content, never by name. Nothing here opens, unpacks or unpickles anything.
"""

from __future__ import annotations

import re

from labelaudit.errors import InputError

EXPORT = "open it where it was made and export the table as CSV (UTF-8), JSONL or Parquet"
NEVER = "opening one can run code, so labelaudit never does: ask for CSV, JSONL or Parquet"
UNPACK = "unpack it, then give labelaudit the files or their folder"
AGAIN = "download it again: a login or error page was often saved in place of the file"

MAGIC: tuple[tuple[bytes, str, str], ...] = (
    (b"\x93NUMPY", "a NumPy array (.npy)", NEVER),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "an old Excel workbook (.xls)", EXPORT),
    (b"\x1f\x8b", "a gzip file inside a packed file", UNPACK),
    (b"\x28\xb5\x2f\xfd", "a zstd file inside a packed file", UNPACK),
    (b"\xfd7zXZ\x00", "an xz file", UNPACK),
    (b"7z\xbc\xaf\x27\x1c", "a 7z archive", UNPACK),
    (b"Rar!\x1a\x07", "a RAR archive", UNPACK),
    (b"ARROW1\x00\x00", "an Arrow or Feather file", EXPORT),
    (b"Obj\x01", "an Avro file", EXPORT),
    (b"\x89HDF\r\n", "an HDF5 file", EXPORT),
    (b"SQLite format 3\x00", "an SQLite database", EXPORT),
    (b"%PDF-", "a PDF document", EXPORT),
    (b"\x89PNG", "a picture (PNG)", "leave pictures out of the delivery"),
    (b"\xff\xd8\xff", "a picture (JPEG)", "leave pictures out of the delivery"),
    (b"version https://git-lfs", "a Git LFS pointer, not the file itself", "run: git lfs pull"),
)
LETTERS: tuple[tuple[bytes, str, str], ...] = (
    (b"BZh", "a bzip2 file", UNPACK),
    (b"FEA1", "a Feather file", EXPORT),
    (b"PARE", "an encrypted Parquet file", "ask for it without encryption"),
    (b"ORC", "an ORC file", EXPORT),
)
"""Marks of letters only, which a column name may begin with: a NUL byte must follow."""

ZIP_CONTENTS: tuple[tuple[bytes, str, str], ...] = (
    (b"xl/", "an Excel workbook (.xlsx)", EXPORT),
    (b"[Content_Types].xml", "an Excel workbook (.xlsx)", EXPORT),
    (b"opendocument.spreadsheet", "an OpenDocument spreadsheet (.ods)", EXPORT),
    (b"data.pkl", "a PyTorch file (a pickle in a ZIP archive)", NEVER),
    (b".npy", "NumPy arrays (.npz)", NEVER),
)
PICKLE = re.compile(
    rb"\x80[\x01-\x05]"
    rb"|\((?:lp|dp|ip)\d+\r?\n"
    rb"|c[A-Za-z_][\w.]*\r?\n[A-Za-z_]\w*\r?\n(?:p\d+\r?\n|\()"
)
MARKUP = re.compile(
    rb"(?:\xef\xbb\xbf)?\s*<(!doctype html|html|head|body|table|script|!--|\?xml)", re.IGNORECASE
)


def refuse_foreign(name: str, head: bytes) -> None:
    """Raise if a file that begins with these bytes is of a kind that is known, and not read."""
    known = _known(head)
    if known:
        what, next_step = known
        raise InputError(name, f"expected a table of text, found {what}", next_step=next_step)


def _known(head: bytes) -> tuple[str, str] | None:
    if head.startswith(b"PK\x03\x04"):
        return _inside_zip(head)
    if PICKLE.match(head):
        return "a Python pickle", NEVER
    if markup := MARKUP.match(head):
        xml = markup[1].lower() == b"?xml"
        return ("an XML document", EXPORT) if xml else ("a web page (HTML)", AGAIN)
    marks = (*MAGIC, *LETTERS) if b"\x00" in head[:1024] else MAGIC
    return next((row[1:] for row in marks if head.startswith(row[0])), None)


def _inside_zip(head: bytes) -> tuple[str, str]:
    found = (row[1:] for row in ZIP_CONTENTS if row[0] in head)
    return next(found, ("a ZIP archive", UNPACK))


def refuse_binary(name: str, head: bytes) -> None:
    """Raise if the bytes were never text, which may hold a stray control character."""
    start = head[:1024]
    control = sum(byte < 32 and byte not in b"\t\n\v\f\r\x1b" for byte in start)
    if control > len(start) / 10:
        what = "binary data of an unknown kind"
        raise InputError(name, f"expected a table of text, found {what}", next_step=EXPORT)
