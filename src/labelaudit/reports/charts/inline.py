"""An interval as a picture of one line of a table: readable on light and on dark ground."""

from __future__ import annotations

from base64 import b64encode
from typing import TYPE_CHECKING

from labelaudit.reports.charts.base import COLOURS, FAINT

if TYPE_CHECKING:
    from labelaudit.model import Estimate

WIDTH, HEIGHT = 128, 24
_BAND = "#8ab8f0"
_EDGE = 6
_MIDDLE = HEIGHT / 2


def inline_interval(
    estimate: Estimate | None,
    floor: float | None = None,
    *,
    target: float | None = None,
    width: int = WIDTH,
) -> str | None:
    """Return an interval from 0 to 1 as the address of a picture; None where there is none.

    A bar is the interval, a dot the value, a dashed line the floor, a thin one the target.
    What lies beyond the scale stops at its edge.

    Examples
    --------
    >>> from labelaudit.model import Estimate
    >>> inline_interval(Estimate("gwet-ac1", "nominal", 0.8, 0.7, 0.9), 0.667)[:26]
    'data:image/svg+xml;base64,'
    >>> inline_interval(None) is None
    True

    """
    if estimate is None or estimate.value is None:
        return None
    low, high, value = (_x(end, width) for end in (estimate.low, estimate.high, estimate.value))
    parts = [_line(_EDGE, width - _EDGE, FAINT, 1), _line(low, high, _BAND, 10)]
    if target is not None:
        parts.append(f'<path d="M{_x(target, width):.1f} 2V{HEIGHT - 2}" stroke="{FAINT}"/>')
    if floor is not None:
        ends = f'd="M{_x(floor, width):.1f} 2V{HEIGHT - 2}" stroke-dasharray="4 2"'
        parts.append(f'<path {ends} stroke="{COLOURS[1]}" stroke-width="2"/>')
    dot = f'cx="{value:.1f}" cy="{_MIDDLE:g}" r="3.5" fill="{COLOURS[0]}"'
    parts.append(f'<circle {dot} stroke="#ffffff" stroke-width="1"/>')
    size = f'width="{width}" height="{HEIGHT}" viewBox="0 0 {width} {HEIGHT}"'
    picture = f'<svg xmlns="http://www.w3.org/2000/svg" {size}>{"".join(parts)}</svg>'
    return f"data:image/svg+xml;base64,{b64encode(picture.encode()).decode()}"


def _x(value: float | None, width: int) -> float | None:
    return None if value is None else _EDGE + min(max(value, 0.0), 1.0) * (width - 2 * _EDGE)


def _line(low: float | None, high: float | None, colour: str, thick: int) -> str:
    if low is None or high is None:
        return ""
    ends = f"M{low:.1f} {_MIDDLE:g}H{high:.1f}"
    return f'<path d="{ends}" stroke="{colour}" stroke-width="{thick}" fill="none"/>'
