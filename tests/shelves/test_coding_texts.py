"""Many texts as codes: the same codes and names as a dictionary gives, however they are read."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pyarrow as pa
import pytest

import labelaudit
from labelaudit.coding.texts import encode

ROWS = 150_000  # past the number from which texts are read as words


def same_as_a_dictionary(texts):
    known = texts.dictionary_encode()
    codes, distinct = encode(texts)
    return (codes == known.indices.to_numpy()).all() and distinct.equals(known.dictionary)


def numbered(form, rows=ROWS, distinct=60_000):
    numbers = np.random.default_rng(3).integers(0, distinct, rows)
    return pa.array([form.format(number) for number in numbers.tolist()])


@pytest.mark.parametrize(
    "form", ["item-{:08d}", "{}", "i{}", "ü{}", "{:032d}", "{:033d}", "\0{}", "{:07d}\0"]
)
def test_codes_and_names_are_those_of_a_dictionary(form):
    assert same_as_a_dictionary(numbered(form))


def test_a_text_that_goes_on_with_zero_bytes_is_another_text():
    texts = [*numbered("{}").to_pylist(), "7\0", "7", "7\0\0"]
    assert same_as_a_dictionary(pa.array(texts))


def test_a_slice_of_a_column_is_read_where_it_starts():
    whole = numbered("item-{:08d}", ROWS + 500)
    assert same_as_a_dictionary(whole.slice(500))
    assert same_as_a_dictionary(whole.cast(pa.large_string()).slice(500))


def test_the_empty_text_is_a_text():
    assert same_as_a_dictionary(pa.array(["", *numbered("{}").to_pylist(), ""]))


def test_texts_whose_numbers_coincide_are_told_apart():
    one, other = b"aaaaaaaabbbbbbbb", b"cccccccc"
    first, second = (int.from_bytes(half, "little") for half in (one[:8], other))
    after = mixed(first) ^ mixed(second) ^ int.from_bytes(one[8:], "little")
    texts = [f"{number:016d}".encode() for number in range(ROWS)]
    data = b"".join([one, other + after.to_bytes(8, "little"), *texts])
    starts = np.arange(0, len(data) + 1, 16)
    found = pa.LargeStringArray.from_buffers(len(texts) + 2, *map(pa.py_buffer, (starts, data)))
    assert encode(found)[0][:3].tolist() == [0, 1, 2]


def mixed(word):
    """Mix the first word of a text as `encode` does."""
    number = word * 0x9E3779B97F4A7C15 % 2**64
    return number ^ number >> 29


@pytest.mark.parametrize("name", ["krippendorff-alpha", "conger-kappa"])
def test_the_order_of_rows_changes_not_even_the_last_digit(name):
    rng = np.random.default_rng(8)
    items = np.repeat(rng.permutation(70_000), 2)
    frame = pd.DataFrame({"item_id": [f"item {item}" for item in items]})
    frame["annotator_id"] = np.tile(["ann", "ben"], 70_000)
    frame["label"] = np.where(rng.random(140_000) < 0.3, "b", "a")
    found = labelaudit.agreement(frame, name)
    assert labelaudit.agreement(frame.sample(frac=1, random_state=1), name) == found
