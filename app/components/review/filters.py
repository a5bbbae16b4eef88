"""Which cards come, and in which order: kept in the address, so that a link says it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, cast

import streamlit as st

from app import load, settings
from labelaudit.review import Filter

if TYPE_CHECKING:
    from collections.abc import Sequence

    from labelaudit.review.facets import Facets
    from labelaudit.review.words import Order, Status

ORDERS: dict[str, Order] = {"worst-first": "risk", "random-sample": "random", "newest": "newest"}
"""As they stand in the address, and in the store."""
LONGEST = 200
MOST = 1_000
"""A list is for choosing from: no names without end, nor without number."""
STATUSES = ("open", "skipped", "decided")


@dataclass(frozen=True, slots=True)
class Asked:
    """A queue: which flags, in which order, and both in words."""

    wanted: Filter
    order: Order
    words: str


def filters(run_id: str) -> Asked:
    """Draw the filters and return what is asked for."""
    found = _facets(settings.current().db, run_id)
    first, second = st.columns(4), st.columns(4)
    order = _one(first[0], "order", "Order", tuple(ORDERS))
    question = _one(first[1], "question", "Question", found.questions)
    batch = _one(first[2], "batch", "Batch", found.batches)
    vendor = _one(first[3], "vendor", "Vendor", found.vendors)
    reason = _one(second[0], "reason", "Reason", found.reasons)
    label = _one(second[1], "label", "Label", found.labels)
    status = _one(second[2], "status", "Status", STATUSES)
    text = second[3].text_input(
        "Item", key="find", placeholder="part of an id", bind="query-params"
    )
    wanted = Filter(
        run_id,
        status=cast("Status | None", status),
        question_id=question,
        batch_id=batch,
        vendor=vendor,
        reason=reason,
        label=label,
        drawn="uniform" if order == "random-sample" else None,
        text=text or None,
    )
    name = order or "worst-first"
    return Asked(wanted, ORDERS[name], _words(wanted, name))


def _one(
    place: st.delta_generator.DeltaGenerator,
    key: str,
    name: str,
    options: Sequence[str],
) -> str | None:
    found: str | None = place.selectbox(
        name,
        [option for option in options if len(option) <= LONGEST][:MOST],
        index=None,
        key=key,
        placeholder="worst-first" if key == "order" else "all",
        bind="query-params",
    )
    return found


def _words(wanted: Filter, order: str) -> str:
    """Return a queue in words."""
    named = {
        "question": wanted.question_id,
        "batch": wanted.batch_id,
        "vendor": wanted.vendor,
        "reason": wanted.reason,
        "label": wanted.label,
        "status": wanted.status,
        "item": wanted.text,
    }
    told = [f"{name} {value}" for name, value in named.items() if value is not None]
    return ", ".join([order.replace("-", " ").capitalize(), *(told or ["all flags"])])


@st.cache_resource(show_spinner=False, max_entries=8)
def _facets(db: str, run_id: str) -> Facets:
    return load.store().facets(run_id)
