"""A chain of entries says where it was touched first."""

from __future__ import annotations

import json

import pytest

from labelaudit.chaining import GENESIS, Chain, entry, read


@pytest.fixture
def text() -> str:
    """Return a chain of five entries."""
    written = ""
    for number in range(5):
        written += entry(read(written), {"exit_code": number, "rejected": ["b\u00e4tch"]})[0]
    return written


def edited(text, number, **changes):
    lines = text.splitlines()
    lines[number - 1] = json.dumps({**json.loads(lines[number - 1]), **changes}, sort_keys=True,
                                   separators=(",", ":"))  # fmt: skip
    return "\n".join(lines) + "\n"


def test_a_chain_that_nobody_touched_holds(text):
    chain = read(text)
    assert (len(chain.hashes), chain.broken, chain.unfinished) == (5, None, False)
    assert read("") == Chain()
    assert Chain().head == GENESIS


def test_an_edited_entry_is_named(text):
    broken = read(edited(text, 3, content={"exit_code": 0})).broken
    assert (broken.line, "does not have the hash" in broken.why) == (3, True)


def test_an_edited_last_entry_is_no_unfinished_one(text):
    chain = read(edited(text, 5, content={"exit_code": 0}).removesuffix("\n"))
    assert (chain.broken.line, chain.unfinished) == (5, False)


@pytest.mark.parametrize(("order", "line"), [("01324", 3), ("10234", 1), ("0124", 4), ("1234", 1)])
def test_entries_that_were_moved_or_taken_out_are_named(text, order, line):
    lines = text.splitlines(keepends=True)
    broken = read("".join(lines[int(at)] for at in order)).broken
    assert (broken.line, "moved or taken out" in broken.why) == (line, True)


def test_an_entry_put_in_twice_is_named(text):
    lines = text.splitlines(keepends=True)
    assert read("".join([*lines[:2], *lines[1:]])).broken.line == 3


@pytest.mark.parametrize("odd", ["\n", "{}\n", "[]\n", "null\n", "x\n", "[" * 99_999 + "\n"])
def test_a_line_that_is_no_entry_is_named(text, odd):
    first, rest = text.split("\n", 1)
    assert read(f"{first}\n{odd}{rest}").broken.line == 2


def test_another_schema_is_named(text):
    broken = read(edited(text, 2, schema_version="2")).broken
    assert (broken.line, broken.why) == (2, "expected schema_version '1', found '2'")


def test_a_second_value_for_a_key_is_no_way_round_the_hash(text):
    doubled = text.replace('{"content":{', '{"content":{"exit_code":9},"content":{', 1)
    assert read(doubled).broken.line == 1


def test_entries_taken_off_the_end_show_only_in_the_head(text):
    shorter = read("".join(text.splitlines(keepends=True)[:3]))
    assert shorter.broken is None
    assert shorter.head == read(text).hashes[2] != read(text).head


def test_wherever_a_write_was_cut_off_the_entries_before_hold(text):
    start = text.rindex("\n", 0, -1) + 1
    for end in range(start, len(text) - 1):
        chain = read(text[:end])
        assert (len(chain.hashes), chain.broken, chain.length) == (4, None, start)
        assert chain.unfinished == (end > start)
    assert len(read(text[:-1]).hashes) == 5  # nothing but the line's end is missing
