"""The JSON Schema of `labelaudit.toml` for editors, made from the tables the parser reads by.

`python -m labelaudit.configuration.json_schema` writes the copy that is shipped.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

from labelaudit.checks import CHECKS
from labelaudit.configuration.keys import (
    COLUMNS,
    DELIVERY,
    DRIFT,
    GATE,
    GATE_FILES,
    GOLD,
    POLICY,
    PRIVACY,
    QUESTION,
    QUEUE,
    RELABEL,
    REVIEW,
)
from labelaudit.configuration.parse_policy import CHECK_KEYS, LIMITS

if TYPE_CHECKING:
    from collections.abc import Mapping

    from labelaudit.configuration.keys import Key, Keys, Kind

    Schema = dict[str, object]

SHIPPED = Path(__file__).parents[1] / "labelaudit.schema.json"

_KINDS: dict[Kind, Schema] = {
    "text": {"type": "string", "minLength": 1},
    "texts": {"type": "array", "items": {"type": "string"}},
    "fraction": {"type": "number", "minimum": 0, "maximum": 1},
    "number": {"type": "number"},
    "count": {"type": "integer", "minimum": 0},
    "flag": {"type": "boolean"},
}


def document() -> Schema:
    """Return the schema."""
    limits = {**_keys(LIMITS), "gold": _table(GOLD)}
    own = {"questions": _named(_object(limits)), "vendors": _named(_object(limits))}
    titles = {check.NAME: (check.__doc__ or "").splitlines()[0] for check in CHECKS}
    checks = {
        name: {"description": titles[name], **_table(keys)} for name, keys in CHECK_KEYS.items()
    }
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "labelaudit.toml",
        "description": "How labelaudit reads and judges a delivery of labels.",
        **_object(
            {
                "delivery": _table(DELIVERY),
                "columns": _table(COLUMNS, required=["item"]),
                "questions": _named(_table(QUESTION)),
                "policy": _object({**limits, **_keys(POLICY), **own}),
                "gate": _table({**GATE, **GATE_FILES}),
                "drift": _table(DRIFT),
                "privacy": _table(PRIVACY),
                "checks": _object(checks),
                "queue": _object({**_keys(QUEUE), "weights": _named({"type": "number"})}),
                "relabel": _table(RELABEL),
                "review": _table(REVIEW),
            }
        ),
    }


def text() -> str:
    """Return the schema as the file that is shipped."""
    return json.dumps(document(), indent=2) + "\n"


def _table(keys: Keys, required: list[str] | None = None) -> Schema:
    return {**_object(_keys(keys)), **({"required": required} if required else {})}


def _object(properties: Mapping[str, Schema]) -> Schema:
    return {"type": "object", "properties": properties, "additionalProperties": False}


def _named(schema: Schema) -> Schema:
    return {"type": "object", "additionalProperties": schema}


def _keys(keys: Keys) -> dict[str, Schema]:
    return {name: _key(key) for name, key in keys.items()}


def _key(key: Key) -> Schema:
    choices = {"enum": [*key.choices]} if key.choices else {}
    return {"description": key.what, **_KINDS[key.kind], **choices}


if __name__ == "__main__":
    SHIPPED.write_text(text(), encoding="utf-8")
