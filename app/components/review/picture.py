"""A picture with boxes and polygons over it. Labels are set as text, so they do nothing."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

import streamlit as st

from app.components.review.spans import parts
from labelaudit.safe import visible

if TYPE_CHECKING:
    from collections.abc import Sequence

    from streamlit.components.v2.types import ComponentRenderer

MOST_SHAPES = 500
_CSS = """
figure { position: relative; display: inline-block; margin: 0; max-width: 100%; }
img { display: block; max-width: 100%; max-height: 46vh; }
svg { position: absolute; inset: 0; width: 100%; height: 100%; }
svg * { vector-effect: non-scaling-stroke; }
.edge { fill: none; stroke: #000; stroke-opacity: .55; stroke-width: 4; }
.line { fill: none; stroke: #fff; stroke-width: 2; }
.name { position: absolute; font: 12px sans-serif; background: #000c; color: #fff;
  padding: 0 4px; border-radius: 2px; white-space: nowrap; transform: translateY(-100%); }
.gone { padding: 1.5rem; border: 1px dashed currentColor; }
"""
_JS = """
const SVG = "http://www.w3.org/2000/svg";
function drawn(shape, kind) {
  const line = document.createElementNS(SVG, "polygon");
  line.setAttribute("points", shape.points.map((p) => p.join(",")).join(" "));
  line.setAttribute("class", kind);
  return line;
}
function together(shapes, width, height) {
  const found = [];
  for (const shape of shapes) {
    const [x, y] = shape.points[0];
    const near = found.find((one) => one.label === shape.label
      && Math.abs(one.x - x) < width / 20 && Math.abs(one.y - y) < height / 20);
    if (near) near.count += 1;
    else found.push({label: shape.label, x, y, count: 1});
  }
  return found;
}
function named(one, width, height) {
  const name = document.createElement("span");
  name.className = "name";
  name.textContent = one.count > 1 ? `${one.label} x ${one.count}` : one.label;
  name.style.left = Math.min(95, Math.max(0, (100 * one.x) / width)) + "%";
  name.style.top = Math.min(100, Math.max(5, (100 * one.y) / height)) + "%";
  return name;
}
export default function (component) {
  const { data, parentElement } = component;
  const root = parentElement.querySelector("#root");
  const figure = document.createElement("figure");
  const image = document.createElement("img");
  image.alt = "the item";
  image.onload = () => {
    const width = image.naturalWidth || 1, height = image.naturalHeight || 1;
    const over = document.createElementNS(SVG, "svg");
    over.setAttribute("viewBox", `0 0 ${width} ${height}`);
    over.setAttribute("preserveAspectRatio", "none");
    for (const shape of data.shapes) {
      over.append(drawn(shape, "edge"), drawn(shape, "line"));
    }
    figure.append(over,
      ...together(data.shapes, width, height).map((one) => named(one, width, height)));
  };
  image.onerror = () => {
    figure.className = "gone";
    figure.textContent = "The picture cannot be shown. If nobody can see it, Bad item (F) says so.";
  };
  image.src = data.src;
  figure.append(image);
  root.replaceChildren(figure);
  for (const next of data.next) new Image().src = next;
}
"""


@cache
def _component() -> ComponentRenderer:
    return st.components.v2.component(
        "labelaudit_picture", html='<div id="root"></div>', css=_CSS, js=_JS
    )


def picture(source: str, labels: Sequence[str], following: Sequence[str]) -> None:
    """Draw a picture with the shapes of some labels; those that follow are fetched ahead."""
    found = [shape for label in labels for shape in shapes(label)][:MOST_SHAPES]
    data = {"src": source, "shapes": found, "next": list(following)}
    _component()(key="picture", data=data)


def shapes(label: str) -> list[dict[str, object]]:
    """Return what a label draws: corners and a name each; what is no shape is left out.

    Examples
    --------
    >>> shapes('[{"x_min": 1, "y_min": 2, "x_max": 3, "y_max": 4, "label": "car"}]')
    [{'points': [[1.0, 2.0], [3.0, 2.0], [3.0, 4.0], [1.0, 4.0]], 'label': 'car'}]

    """
    found = ((_corners(part), str(part.get("label", ""))) for part in parts(label))
    return [{"points": at, "label": visible(name, 60)} for at, name in found if at]


def _corners(part: dict[str, object]) -> list[list[float]]:
    try:
        if "points" in part:
            return [[float(x), float(y)] for x, y in part["points"]]  # type: ignore[attr-defined]
        x0, y0, x1, y1 = (
            float(part[name])  # type: ignore[arg-type]
            for name in ("x_min", "y_min", "x_max", "y_max")
        )
    except (KeyError, TypeError, ValueError):
        return []
    return [[x0, y0], [x1, y0], [x1, y1], [x0, y1]]
