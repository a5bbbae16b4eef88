"""A file whose rows say which question they answer: nobody has to list the questions first."""

from __future__ import annotations

import tomllib

import pytest

from deliveries import write

ASKED = {"topic": "sport news".split(), "tone": "1 2 3".split()}
TEXTS = [f"what is shown in picture {n}, and where was it taken?" for n in range(60)]


def rows(name="question", asked=ASKED, gold=None):
    """Return answers of three people to twenty items, one row per question."""
    return [
        {"item_id": f"i{item}", "annotator_id": f"w{who}", name: question, "answer": labels[pick]}
        | (
            {"gold": labels[item % len(labels)]}
            if gold == question
            else {"gold": ""}
            if gold
            else {}
        )
        for item in range(20)
        for who in range(3)
        for question, labels in asked.items()
        for pick in [(item + (who == 0 and item % 9 == 0)) % len(labels)]
    ]


@pytest.mark.parametrize("name", ["question", "question_id", "aspect"])
def test_without_a_configuration_every_question_is_measured(run, tmp_path, name):
    done = run("agreement", write(tmp_path / "d.csv", rows(name)), "--json")
    found = {row["question_id"]: row["value"] for row in done.document["rows"]}
    assert [*found] == ["tone", "topic"]
    assert all(0.8 < value < 1 for value in found.values())


def test_what_was_understood_is_said(run, tmp_path):
    done = run("agreement", write(tmp_path / "d.csv", rows()))
    assert "questions by column question: tone, topic; nominal, labels as observed" in done.err


def test_no_row_is_rejected(run, tmp_path):
    done = run("audit", write(tmp_path / "d.csv", rows()), "-o", tmp_path / "runs", "--json")
    assert done.document["inputs"][0]["rejected_rows"] == 0
    assert {found["question_id"] for found in done.document["estimates"]} == {"tone", "topic"}


def test_a_column_of_texts_that_items_show_is_no_list_of_questions(run, block, tmp_path):
    shown = [{**row, "question": TEXTS[n % 60]} for n, row in enumerate(rows())]
    done = run("agreement", write(tmp_path / "d.csv", shown))
    said = block(done)
    assert (done.code, "column 'question'" in said, "60 different values" in said) == (
        4,
        True,
        True,
    )
    assert "next: labelaudit init DATA" in said


def test_init_proposes_each_question_with_its_own_scale(run, tmp_path):
    data, config = write(tmp_path / "d.csv", rows()), tmp_path / "labelaudit.toml"
    run("init", data, "-o", config)
    toml = tomllib.loads(config.read_text())
    assert {name: asked["labels"] for name, asked in toml["questions"].items()} == {
        "tone": ["1", "2", "3"],
        "topic": ["news", "sport"],
    }
    done = run("agreement", data, "-c", config, "--json")
    assert all(row["units"] == 20 for row in done.document["rows"])


def test_agreement_says_that_rows_were_rejected(run, tmp_path):
    wrong = [{**row, "question": ""} if n % 4 == 0 else row for n, row in enumerate(rows())]
    done = run("agreement", write(tmp_path / "d.csv", wrong))
    assert "30 of 120 rows are rejected and not counted: labelaudit audit DATA" in done.err


def test_init_keeps_one_column_of_gold_for_all_questions(run, tmp_path):
    data, config = write(tmp_path / "d.csv", rows(gold="topic")), tmp_path / "labelaudit.toml"
    run("init", data, "-o", config)
    assert tomllib.loads(config.read_text())["columns"]["gold"] == "gold"


def test_init_leaves_a_column_of_texts_open(run, tmp_path):
    shown = [{**row, "question": TEXTS[n // 6]} for n, row in enumerate(rows())][::2]
    data, config = write(tmp_path / "d.csv", shown), tmp_path / "labelaudit.toml"
    done = run("init", data, "-o", config)
    assert "OPEN     question: question" in done.out
    assert [*tomllib.loads(config.read_text())["questions"]] == ["answer"]
