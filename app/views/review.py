"""The page on which reviewers decide: one card at a time, by keys."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from app import load, state
from app.components import frame
from app.components.review import acts, bar, card, content, filters, listed, states
from app.components.review.desk import Desk, current, desk_for
from app.components.review.manners import manners
from app.components.review.progress import progress
from app.components.text import escaped
from labelaudit.review import StoreUnavailableError

if TYPE_CHECKING:
    from labelaudit.review import Flag, Run


def render() -> None:
    """Show the page."""
    st.html(card.STYLE)
    manners()
    try:
        run = load.chosen()
        if run is None:
            frame.title("Review")
            frame.first_steps()
        else:
            _page(run)
    except StoreUnavailableError:
        st.error("The database does not answer. Nothing that was confirmed is lost.")
        st.button("Try again", key="again", type="primary")


def _page(run: Run) -> None:
    with st.container(horizontal=True, vertical_alignment="center", gap="medium"):
        st.title("Review", anchor=False, width="content")
        about = st.container()
        with st.popover("Filter", width="content"):
            asked = filters.filters(run.id)
    told = f"{escaped(run.dataset, 80)}, {escaped(frame.who())} - {escaped(asked.words, 200)}"
    about.html(f'<p class="la-quiet la-about">{told}</p>')
    states.stand(run, load.folder(run.id))
    desk, fresh = desk_for(asked.wanted, asked.order)
    _open(desk, fresh=fresh)
    _desk()
    listed.queue()


def _open(desk: Desk, *, fresh: bool) -> None:
    """Put a card on an empty desk: the one in the address, else the next."""
    if fresh:
        acts.leave(desk)
    linked = st.query_params.get("flag", "")
    if linked.isdigit() and linked != desk.linked:
        desk.linked = linked
        acts.show(desk, int(linked))
    if fresh and desk.flag is None:
        acts.advance(desk, None)


@st.fragment
def _desk() -> None:
    desk = current()
    if desk.said:
        st.toast(desk.said)
        desk.said = ""
    try:
        _work(desk)
    except StoreUnavailableError:
        states.unanswered(desk)
    desk.drawn()


def _work(desk: Desk) -> None:
    acts.renew(desk)
    flag = desk.flag
    if desk.stuck:
        states.unanswered(desk)
        return
    if flag is None:
        desk.recount()
    counts = desk.count(lambda: load.store().counts(acts.whole(desk.wanted)))
    if flag is None:
        st.query_params.pop("flag", None)
        states.nothing_left(desk, counts)
    else:
        _address(desk, flag)
        _card(desk, flag)
    progress(desk, counts)


def _address(desk: Desk, flag: Flag) -> None:
    """Keep the card in the address: a reload brings it back, a link shows it to others."""
    desk.linked = str(flag.id)
    if st.query_params.get("flag") != desk.linked:
        st.query_params["flag"] = desk.linked


def _card(desk: Desk, flag: Flag) -> None:
    found = content.card_of(flag)
    decided = flag.status == "decided"
    ahead = content.following(desk) if found.image else []
    me = state.me()
    taken = not decided and flag.claimed_by not in {None, me.name}
    with card.card(flag, found, ahead, hidden=not decided):
        if decided:
            states.settled(flag)
        if desk.pending:
            states.unanswered(desk)
        if taken:
            states.taken(flag)
        able = me.may("reviewer") and not (decided or taken or desk.pending)
        bar.bar(desk, flag, content.choices(flag, found), able=able)
