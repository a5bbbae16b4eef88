"""People in outputs: pseudonyms with a key, masks without one, raw personal ids nowhere."""

from __future__ import annotations

import pyarrow.parquet as pq
import pytest

from labelaudit.annotations.privacy import people
from labelaudit.audit import run
from labelaudit.errors import InputError
from labelaudit.model import Columns, Question
from labelaudit.reports import REPORTS
from labelaudit.runs import save

PERSONAL = (
    "jane.doe@example.com",
    "Jane Doe",
    "Zo\u00eb \u0160t\u011bp\u00e1n",
    "doe.jane",
    "Doe, J.",
)
PETS = Question("pet", "nominal", ("cat", "dog"))
COLUMNS = Columns("item", "who", label="label", batch="batch", gold="gold", duration_s="s")


def delivery():
    """Return answers of five people, some of them rejected, one of them repeated."""
    rows = [(f"i{unit}", who, ("cat", "dog")[(unit + at) % 2 * (at == 0)], "cat", "3")
            for unit in range(30) for at, who in enumerate(PERSONAL)]  # fmt: skip
    rows += [("i0", PERSONAL[0], "cow", "cat", "3"), ("j", PERSONAL[1], "cat", None, "soon")]
    rows += [("i1", PERSONAL[2], "cat", "cat", "3"), ("", PERSONAL[3], "cat", None, "3")]
    names = ("item", "who", "label", "gold", "s")
    cells = {name: [row[at] or None for row in rows] for at, name in enumerate(names)}
    return cells | {"batch": ["b"] * len(rows)}


@pytest.mark.parametrize("key", [None, b"a long random secret"])
def test_no_output_holds_a_personal_id(taken, tmp_path, key):
    with taken(delivery(), COLUMNS, PETS, key=key, duplicates="first") as found:
        audit = run(found)
        documents = [render(audit) for render in REPORTS.values()]
        folder = save(audit, found, tmp_path, documents[0], {})
    texts = [*documents, repr(found.rejections), repr(found.aliases)]
    texts += [path.read_text("utf-8") for path in folder.iterdir() if path.suffix != ".parquet"]
    texts += [str(pq.read_table(path).to_pylist()) for path in folder.glob("*.parquet")]
    assert [name for name in PERSONAL for text in texts if name in text] == []
    assert len(texts) > 8


@pytest.mark.parametrize("key", [None, b"a long random secret"])
def test_the_error_about_repetitions_holds_no_personal_id(taken, key):
    with pytest.raises(InputError) as caught, taken(delivery(), COLUMNS, PETS, key=key):
        pass
    assert "annotator a-" in caught.value.block() if key else "masked-" in caught.value.block()
    assert not any(name in caught.value.block() for name in PERSONAL)


def test_a_wide_files_annotator_columns_are_people_too(taken):
    cells = {"item": ["i", "j"], "jane@example.com": ["cat", "cow"], "Jane Doe": ["dog", "cat"]}
    columns = Columns("item", annotators=("jane@example.com", "Jane Doe"))
    with taken(cells, columns, PETS) as found:
        texts = [found.to_frame().to_string(), found.rejected_frame().to_string()]
        assert found.people.masked == 2
        assert not any("ane" in text for text in texts)


def test_pseudonyms_stay_the_same_under_one_key_and_change_with_it():
    names = ["w1", "w2"]
    first, again, other = (people(names, key).shown for key in (b"k", b"k", b"other"))
    assert first == again
    assert not set(first.values()) & set(other.values())


@pytest.mark.parametrize("name", ["w1", "007", "worker-12", "A3XYZ9", "ANN", "ann", "team_a"])
def test_ids_that_name_nobody_are_shown_as_they_are(name):
    assert people([name], None).name(name) == name


@pytest.mark.parametrize(
    "name",
    [
        *PERSONAL,
        "\u0418\u0432\u0430\u043d \u041f\u0435\u0442\u0440\u043e\u0432",
        "O'Neil, Pat",
        "x@y",
    ],
)
def test_ids_that_look_like_a_persons_name_are_masked(name):
    assert people([name], None).name(name) == "masked-1"


def test_a_mask_cannot_be_taken_for_an_annotator_who_is_called_so():
    shown = people(["masked-1", "jane@example.com"], None).shown
    assert len(set(shown.values())) == 2


def test_somebody_unheard_of_has_no_name():
    assert people([], None).name("jane@example.com") == "unknown annotator"
