"""What the columns of an upload mean: as it was sniffed, and as a person settles it."""

from __future__ import annotations

import tomllib
from typing import TYPE_CHECKING

import streamlit as st

from app import settings
from app.components.text import plain
from labelaudit.configuration.keys import COLUMNS
from labelaudit.errors import LabelAuditError
from labelaudit.safe import visible

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from labelaudit.configuration.scales import Proposal
    from labelaudit.uploads import Look

_LOOK, _ROUND = "upload_look", "upload_round"
_ROLES = ("item", "annotator", "label", "question", "batch", "vendor", "gold", "duration_s")
_MORE = tuple(role for role in COLUMNS if role not in {*_ROLES, "annotators"})
_UNSURE = 400


def start(look: Look) -> None:
    """Begin with what was sniffed."""
    st.session_state[_LOOK] = look
    st.session_state[_ROUND] = st.session_state.get(_ROUND, 0) + 1


def forget() -> None:
    """Leave the upload."""
    st.session_state.pop(_LOOK, None)


def show(again: Callable[[Mapping[str, str | None]], Look]) -> str:
    """Show the mapping and the configuration; return the text of it, empty where it is open.

    `again` looks at the delivery with the columns that a person chose.
    """
    look = st.session_state[_LOOK]
    st.markdown(
        f"**{look.rows:,} rows, {len(look.columns)} columns, {len(look.files)} files.**"
        f" {plain(_sniffed(look), 400)}"
    )
    if config := settings.current().config:
        own = st.toggle(f"Use the configuration of this server, {plain(config)}", value=True)
        if own:
            return _read(config)
    chosen = _columns(look)
    if chosen and st.button("Read again with these columns"):
        try:
            start(again(chosen))
        except LabelAuditError as error:
            st.error(f"{plain(error.where)}: {plain(error.problem, 500)}")
        else:
            st.rerun()
    return _configuration(look)


def _sniffed(look: Look) -> str:
    """Say how the files were read, each kind once, without the folders they are kept in."""
    kinds = (line.rpartition(": ")[2] for line in look.said[: len(look.files)])
    return "; ".join([*dict.fromkeys(kinds), *look.said[len(look.files) :]])


def _columns(look: Look) -> dict[str, str | None]:
    """Ask for the column of each role; return what differs from what was sniffed."""
    st.subheader("What the columns mean", anchor=False)
    picked = _pickers(look, _ROLES)
    with st.expander("More columns: times, documents, groups, reviews"):
        picked |= _pickers(look, _MORE)
    return {role: name for role, name in picked.items() if name != look.draft.roles.get(role)}


def _pickers(look: Look, roles: tuple[str, ...]) -> dict[str, str | None]:
    places = st.columns(4)
    return {
        role: places[index % 4].selectbox(
            role.replace("_", " "),
            [None, *look.columns],
            index=_index(look, role),
            format_func=lambda name: "(none)" if name is None else visible(name, 60),
            help=COLUMNS[role].what,
            key=f"role-{role}-{st.session_state[_ROUND]}",
        )
        for index, role in enumerate(roles)
    }


def _index(look: Look, role: str) -> int:
    name = look.draft.roles.get(role)
    return look.columns.index(name) + 1 if name in look.columns else 0


def _questions(look: Look) -> str:
    """List the questions with their scales, labels and gold."""
    return "\n".join(f"- {plain(_asked(question), _UNSURE)}" for question in look.draft.questions)


def _asked(question: Proposal) -> str:
    labels = f": {', '.join(question.labels)}" if question.labels else ""
    gold = f" (gold: {question.gold})" if question.gold else ""
    return f"{question.name}, {question.scale}{labels}{gold}"


def _configuration(look: Look) -> str:
    if look.draft.questions:
        st.subheader("What was asked", anchor=False)
        st.markdown(_questions(look))
    unsure = [line.partition(" ") for line in look.draft.unsure()]
    if unsure:
        st.subheader("Please settle", anchor=False)
        st.markdown("\n".join(f"- **{kind}** {plain(what, _UNSURE)}" for kind, _, what in unsure))
    text = st.text_area(
        "Configuration: questions, labels, floors. What is OPEN or GUESSED is yours to settle.",
        value=look.toml(),
        height=320,
        key=f"toml-{st.session_state[_ROUND]}",
    )
    return _checked(text or "")


def _checked(text: str) -> str:
    try:
        tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        st.error(f"The configuration is not valid TOML: {plain(str(error))}")
        return ""
    return text


def _read(config: str) -> str:
    with open(config, encoding="utf-8-sig") as file:  # noqa: PTH123 - a name from the command
        text = file.read()
    st.code(text, language="toml", height=320)
    return text
