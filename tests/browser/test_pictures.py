"""A picture on the card, with what was drawn upon it."""

from __future__ import annotations

import json
from contextlib import closing

from browser_work import serve, wait_for_card
from labelaudit.review import open_store
from review_runs import NOON, card, item, run_folder, write_cards
from shared_configs import PICTURES

DRAWN = [
    {"x_min": 10, "y_min": 10, "x_max": 40, "y_max": 30, "label": "<img src=http://evil.invalid>"},
    {"points": [[50, 10], [80, 10], [65, 40]], "label": "kite"},
]


def picture_run(place, picture):
    """Put a unit with a picture and two shapes under review; return the store."""
    (place / "images").mkdir()
    (place / "images/p.svg.png").write_bytes(picture)
    (place / "labelaudit.toml").write_text(PICTURES)
    unit = item("i1")
    answer = {"annotator_id": "w1", "kind": "human", "label": json.dumps(DRAWN), "duration_s": 2}
    folder = run_folder(place / "runs/r1", [unit])
    contents = {"scale": "boxes", "labels": "[]", "shown": "[]", "answers": json.dumps([answer])}
    write_cards(folder, [card(unit, image="p.svg.png", **contents)])
    with open_store(str(place / "reviews.db")) as store:
        store.import_run(folder, "lead", NOON)
    return str(place / "reviews.db")


def test_a_picture_is_shown_with_its_boxes_and_their_labels_as_written(
    tmp_path, open_page, chromium
):
    blank = chromium.new_page(viewport={"width": 100, "height": 60})
    db = picture_run(tmp_path, blank.screenshot())
    with closing(serve(db, tmp_path / "runs", config=tmp_path / "labelaudit.toml")) as served:
        page = open_page("review", served)
        wait_for_card(page)
        page.locator("polygon").nth(3).wait_for(state="attached")
        assert page.locator(".name").all_inner_texts() == [one["label"] for one in DRAWN]
        width = page.locator("figure img").evaluate("image => image.naturalWidth")
    assert width == 100
