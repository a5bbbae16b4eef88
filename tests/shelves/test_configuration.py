"""The configuration's keys: one table of them is read by the parser and shown to editors."""

from __future__ import annotations

import json

import pytest

from deliveries import CONFIG, GOLD
from labelaudit.checks import CHECKS
from labelaudit.configuration import json_schema, keys
from labelaudit.errors import UsageError
from labelaudit.model import Columns, Intake, Question
from labelaudit.project import fingerprint, load_project
from labelaudit.verdict import DECIDED

SCHEMA = json_schema.document()


def accepted(schema, value):
    """Say whether a schema accepts a value: the few words of JSON Schema that ours uses."""
    if schema["type"] == "object":
        known, more = schema.get("properties", {}), schema["additionalProperties"]
        whole = all(name in value for name in schema.get("required", ()))
        return whole and all(
            accepted(known[name], inner) if name in known else more and accepted(more, inner)
            for name, inner in value.items()
        )
    kinds = {"string": str, "number": (int, float), "integer": int, "array": list}
    limits = schema.get("minimum", value), schema.get("maximum", value)
    good = isinstance(value, kinds[schema["type"]]) and value in schema.get("enum", [value])
    return good and (not isinstance(value, int | float) or limits[0] <= value <= limits[1])


def test_the_shipped_schema_is_fresh():
    assert json_schema.SHIPPED.read_text(encoding="utf-8") == json_schema.text()


def test_every_table_is_closed():
    tables = [SCHEMA, *SCHEMA["properties"].values()]
    tables += [*SCHEMA["properties"]["checks"]["properties"].values()]
    assert {str(table["additionalProperties"])[:5] for table in tables} == {"False", "{'typ"}


@pytest.mark.parametrize(
    ("change", "good"),
    [
        (("", ""), True),
        (("min_agreement", "min_agrement"), False),
        (("0.667", "80"), False),
        (("nominal", "nomial"), False),
        (('item = "item"\n', ""), False),
        (("[policy]", "[polcy]"), False),
    ],
)
def test_the_schema_and_the_parser_agree(tmp_path, change, good):
    import tomllib

    path = tmp_path / "labelaudit.toml"
    path.write_text((CONFIG + GOLD).replace(*change, 1))
    assert accepted(SCHEMA, tomllib.loads(path.read_text())) == good
    try:
        load_project(path)
    except UsageError:
        assert not good
    else:
        assert good


def test_every_field_of_the_model_has_its_key():
    assert {*keys.COLUMNS} == {*Columns.__slots__}
    assert {*keys.DELIVERY} == {*Intake.__slots__}
    assert {*keys.QUESTION} == {*Question.__slots__} - {"question_id"}


def test_every_key_of_a_check_is_read_and_described():
    checks = SCHEMA["properties"]["checks"]["properties"]
    assert {name: {*table["properties"]} for name, table in checks.items()} == {
        check.NAME: {*check.KEYS, *(["severity"] if check.NAME not in DECIDED else [])}
        for check in CHECKS
    }


def test_what_a_configuration_says_is_what_the_project_holds(tmp_path):
    path = tmp_path / "labelaudit.toml"
    path.write_text(f'[delivery]\nmissing = ["NA", ""]\nmax_bytes = 5000\n{CONFIG}{GOLD}')
    project = load_project(path)
    assert project.intake == Intake(missing=("", "NA"), max_bytes=5000)
    assert project.columns == Columns("item", "who", label="label", batch="batch")
    assert project.questions == (Question("label", "nominal", ("cat", "dog")),)
    limits = project.policy.limits
    assert (limits.min_agreement, limits.min_accuracy) == (0.667, 0.90)


def test_the_fingerprint_follows_what_can_change_a_result(tmp_path):
    def of(text):
        path = tmp_path / "labelaudit.toml"
        path.write_text(text)
        return fingerprint(load_project(path))

    assert of(CONFIG) == of(f'# a comment\n[delivery]\nreader = "csv-long"\n{CONFIG}')
    assert of(CONFIG) != of(CONFIG.replace("0.667", "0.668"))
    assert len({*json.dumps(of(CONFIG))}) > 10


def test_the_queue_and_the_price_of_a_label_are_read(tmp_path):
    path = tmp_path / "labelaudit.toml"
    more = (
        "[queue]\nmax_items_count = 50\n[queue.weights]\ncat = 3\n[relabel]\nprice_per_label = 1\n"
    )
    path.write_text(CONFIG + more, encoding="utf-8")
    project = load_project(path)
    assert (project.queue.max_items_count, project.queue.weights) == (50, {"cat": 3.0})
    assert project.relabel.price_per_label == 1
