"""`labelaudit init`: what it understands, what it leaves open, and that it proposes no nonsense."""

from __future__ import annotations

import tomllib

import pytest

from deliveries import answers, write

LONG = [
    {"item_id": row["item"], "annotator_id": row["who"], "label": row["label"]}
    for row in answers(differ=5)
]


@pytest.fixture
def proposed(run, tmp_path):
    """Run `init` on rows; return how it ended, the file as text, and as TOML."""

    def init(rows, name="labels.csv"):
        data, config = write(tmp_path / name, rows), tmp_path / "labelaudit.toml"
        done = run("init", data, "-o", config)
        assert done.code == 0, done.err
        text = config.read_text()
        return done, text, tomllib.loads(text)

    return init


def beside(**columns):
    """Return the long rows with further columns, each made from the row's number."""
    made = ({name: str(make(n)) for name, make in columns.items()} for n in range(len(LONG)))
    return [{**row, **more} for row, more in zip(LONG, made, strict=True)]


def test_what_it_writes_can_be_audited_at_once(run, proposed, tmp_path):
    done, text, toml = proposed(LONG)
    assert "OPEN:" not in text
    assert toml["columns"] == {
        "item": "item_id", "annotator": "annotator_id", "label": "label"
    }  # fmt: skip
    assert toml["questions"]["label"]["labels"] == ["cat", "dog"]
    assert f"Next: labelaudit audit DATA -c {tmp_path / 'labelaudit.toml'}" in done.out
    audit = run("audit", tmp_path / "labels.csv", "-o", tmp_path / "runs")
    assert (audit.code, audit.out.startswith("ACCEPT")) == (0, True)


def test_an_existing_configuration_is_kept_unless_forced(run, block, tmp_path):
    data, config = write(tmp_path / "labels.csv", LONG), tmp_path / "labelaudit.toml"
    config.write_text("# mine")
    done = run("init", data, "-o", config)
    assert (done.code, "--force replaces it" in block(done)) == (2, True)
    assert config.read_text() == "# mine"
    assert run("init", data, "-o", config, "--force").code == 0


def test_an_unwritable_place_is_refused(run, block, tmp_path):
    data = write(tmp_path / "labels.csv", LONG)
    done = run("init", data, "-o", tmp_path / "absent" / "labelaudit.toml")
    assert (done.code, "cannot be written" in block(done)) == (2, True)


@pytest.mark.parametrize(
    "column",
    [
        lambda n: f"{n // 2 % 5:08x}-0c1c-2202-72f7-30a8ecbfeda4",  # ids
        lambda n: f"img-{n // 2 % 5:05}",
        lambda n: "a sentence that somebody was shown to read, " + "ab"[n % 2],
        lambda _: "one value for all",
        lambda n: f"property of the item {n // 3 % 7}",
        lambda n: f"property of the person {n % 3}",
        lambda n: n // 3,  # a running number
        lambda n: '{"a": 1}' if n % 2 else "{}",
    ],
)
def test_a_column_that_is_no_answer_is_no_question(proposed, column):
    _, text, toml = proposed(beside(more=column))
    assert [*toml["questions"]] == ["label"]
    assert "# not used: more" in text


@pytest.mark.parametrize("name", ["session_id", "country", "image_url", "created_time", "_state"])
def test_a_column_with_the_name_of_something_else_is_no_question(proposed, name):
    _, _, toml = proposed(beside(**{name: lambda n: "xyz"[n % 7 % 3]}))
    assert [*toml["questions"]] == ["label"]


def test_a_second_column_of_answers_is_guessed_and_said(proposed):
    done, text, toml = proposed(beside(tone=lambda n: "rude kind".split()[n % 7 % 2]))
    assert [*toml["questions"]] == ["label", "tone"]
    assert "# GUESSED: known by values only" in text
    assert "GUESSED  question tone" in done.out


def test_a_column_of_gold_goes_to_the_question_it_fits(proposed):
    rows = beside(
        tone=lambda n: ["rude", "kind"][n % 7 % 2], gold=lambda n: ["rude", "kind"][n % 2]
    )
    _, _, toml = proposed(rows)
    assert "gold" not in toml["columns"]
    assert [question.get("gold") for question in toml["questions"].values()] == [None, "gold"]
    assert toml["policy"]["gold"]["min_accuracy"] == 0.9


@pytest.mark.parametrize(
    ("values", "scale", "labels"),
    [
        ("good fair poor", "ordinal", ["poor", "fair", "good"]),
        ("2 0 1", "nominal", ["0", "1", "2"]),
        ("0.5 1.25 7.5", "interval", None),
        ("yes no maybe", "nominal", ["maybe", "no", "yes"]),
        ("good Good poor", "nominal", ["Good", "good", "poor"]),
        ('["a","b"] ["a"] []', "set", None),
        ("[redacted] [kept] [none]", "nominal", ["[kept]", "[none]", "[redacted]"]),
        (f"[1] [2] {'[' * 5000}{']' * 5000}", "text", None),
    ],
)
def test_a_scale_is_proposed_from_the_values(proposed, values, scale, labels):
    words = values.split()
    rows = [{**row, "label": words[n % 7 % 3]} for n, row in enumerate(LONG)]
    question = proposed(rows)[2]["questions"]["label"]
    assert (question["scale"], question.get("labels")) == (scale, labels)


def test_a_rating_by_its_name_is_ordinal_with_every_step(proposed):
    rows = [{**row, "rating": "1 2 5".split()[n % 7 % 3]} for n, row in enumerate(LONG)]
    rows = [{key: row[key] for key in ("item_id", "annotator_id", "rating")} for row in rows]
    question = proposed(rows)[2]["questions"]["rating"]
    assert (question["scale"], question["labels"]) == ("ordinal", ["1", "2", "3", "4", "5"])


def test_many_different_answers_are_free_text(proposed):
    rows = [{**row, "label": f"an answer of its own {n}"} for n, row in enumerate(LONG)]
    done, _, toml = proposed(rows)
    assert toml["questions"]["label"]["scale"] == "text"
    assert "180 different answers, the longest of 24 letters: free text" in done.out


def test_whole_numbers_may_be_codes_or_a_rating_so_it_asks(proposed):
    rows = [{**row, "label": str(n % 7 % 5)} for n, row in enumerate(LONG)]
    done, text, _ = proposed(rows)
    assert "codes of classes, or an ordered rating" in text
    assert "GUESSED  question label: 5 whole numbers" in done.out
