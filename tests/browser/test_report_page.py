"""The HTML report in a browser without a network: it shows, folds, prints, and does nothing."""

from __future__ import annotations

import pytest

import labelaudit
from browser_sizes import LAPTOP, PHONE
from deliveries import COLUMNS, CONFIG, GOLD, GOLD_COLUMN, answers, deliver
from labelaudit.reports import REPORTS

PAYLOADS = {
    "a script": "<script>alert(1)</script>",
    "the end of a script": "</script><script>alert(1)</script>",
    "the end of the style": "</style><style>*{display:none}</style>",
    "an address": "<a href='javascript:alert(1)'>javascript:alert(1)</a>",
    "a beacon": '<img src="http://evil.example/x.png" onerror=alert(1)>',
    "a vector": "<svg onload=alert(1)><image href='http://evil.example/y'/></svg>",
    "a sheet": "<link rel=stylesheet href=//evil.example/z.css>",
    "an attribute": '" onmouseover="alert(1)" x="',
    "a template": "{{ 7 * 7 }}{% raw %}",
    "right to left": "abc\u202egpj.exe",
    "escape codes": "\x1b[31mred",
}
SHOWN = {
    name: text.replace("\u202e", "\\u202e").replace("\x1b", "\\x1b")
    for name, text in PAYLOADS.items()
}


@pytest.fixture(scope="module")
def hostile(tmp_path_factory):
    """Audit a delivery whose batches, vendors, people and labels are payloads; return its page."""
    folder, rows = tmp_path_factory.mktemp("payloads"), []
    for number, text in enumerate(PAYLOADS.values()):
        own = answers(text, units=30, differ=12, vendor=text, by=text)
        rows += [{**row, "item": f"{number}-{row['item'][-3:]}"} for row in own]
        rows.append({**own[0], "item": f"{number}-stray", "label": text})
    rows.append({**rows[0], "item": "long", "label": "x" * 100_000})
    more = f'vendor = "vendor"\n{GOLD_COLUMN}'
    data = deliver(folder, rows, COLUMNS + more + CONFIG.removeprefix(COLUMNS) + GOLD)
    with labelaudit.read(data, project=folder / "labelaudit.toml") as annotations:
        return REPORTS["html"](labelaudit.run(annotations))


@pytest.fixture(scope="module")
def page(root):
    """Return the page of the golden delivery."""
    return (root / "tests/golden/report.html").read_text(encoding="utf-8")


def test_payloads_show_as_they_stand_and_ask_for_nothing(opened, hostile):
    found = opened(hostile)
    text = found.text
    assert [name for name, shown in SHOWN.items() if shown not in text] == []
    assert (found.addresses, found.dialogs, found.said) == ({}, [], [])


def test_what_would_slip_through_could_still_not_act(opened, hostile):
    planted = hostile.replace("</main>", "".join(PAYLOADS.values()) + "</main>")
    found = opened(planted)
    found.page.wait_for_timeout(200)
    assert found.dialogs == []
    assert {*found.addresses.values()} == {"csp"}


@pytest.mark.parametrize("size", [PHONE, LAPTOP], ids=["phone", "laptop"])
def test_nothing_runs_over_the_side(opened, page, hostile, size):
    for text in (page, hostile):
        found = opened(text, size)
        found.page.evaluate("document.querySelectorAll('details').forEach(d => d.open = true)")
        assert found.page.evaluate("document.documentElement.scrollWidth") == size[0]


def test_a_batch_unfolds_with_the_keyboard_alone(opened, page):
    found = opened(page).page
    last = found.locator(".batch").last
    assert last.get_attribute("open") is None
    last.locator("summary").press("Enter")
    assert last.get_attribute("open") == ""
    assert last.locator(".floors li").first.is_visible()


def test_paper_shows_what_is_folded(opened, page):
    found = opened(page).page
    found.emulate_media(media="print")
    letter = found.locator(".letter .paper").first
    assert letter.evaluate("one => one.checkVisibility({contentVisibilityAuto: true})")
    assert letter.bounding_box()["height"] > 50


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_words_stand_out_from_the_ground(opened, page, scheme):
    found = opened(page, scheme=scheme).page
    ratios = found.evaluate(CONTRASTS)
    assert {name: ratio for name, ratio in ratios.items() if ratio < 4.5} == {}


CONTRASTS = """() => {
  const light = rgb => { const [r, g, b] = rgb.match(/[0-9.]+/g).slice(0, 3).map(v => v / 255)
    .map(v => v <= 0.03928 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4);
    return 0.2126 * r + 0.7152 * g + 0.0722 * b; };
  const ground = one => { for (; one; one = one.parentElement) {
    const found = getComputedStyle(one).backgroundColor;
    if (!found.endsWith(', 0)') && found !== 'transparent') return found; }
    return 'rgb(255,255,255)'; };
  const ratios = {};
  const words = 'h1 span, p, b, .badge, .size, .by, th, td, a, dt, dd, .grave';
  for (const one of document.querySelectorAll(words)) {
    if (!one.checkVisibility() || !one.textContent.trim()) continue;
    const [a, b] = [light(getComputedStyle(one).color), light(ground(one))].sort((x, y) => y - x);
    const name = one.tagName + '.' + one.className;
    ratios[name] = Math.min(ratios[name] ?? 99, (a + 0.05) / (b + 0.05)); }
  return ratios; }"""
