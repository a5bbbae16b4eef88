"""Text of a vendor is shown as it stands: it cannot act, hide, or run over the page."""

from __future__ import annotations

import csv
import html
import re
import unicodedata

import pytest
from markdown_it import MarkdownIt

from deliveries import COLUMNS, CONFIG, answers, deliver

HOSTILE = {
    "escape codes": "\x1b[31mred\x1b[2J",
    "a title": "\x1b]0;owned\x07",
    "markup": "<img src=x onerror=alert(1)>",
    "a script": "</script><script>alert(1)</script>",
    "a picture": "![x](http://evil.example/p.png)",
    "a link": "[click](javascript:alert(1))",
    "a table": "a | b | c",
    "a heading": "# owned",
    "code": "`owned`",
    "right to left": "abc\u202egpj.exe",
    "nothing visible": "a\u200bb\u2060c",
    "lines": "one\ntwo\r\nthree",
    "a mention": "@everyone www.evil.example",
    "a rich tag": "[bold red]x[/bold red]",
    "a formula": "=cmd|' /C calc'!A0",
    "an order to a runner": "::error::owned",
    "another order": "##[error]owned ##vso[task.complete]",
    "long": "x" * 90_000,
}
UNSEEN = {"Cc", "Cf", "Co", "Cs"}


@pytest.fixture(scope="module")
def audited(process, tmp_path_factory):
    """Audit a delivery whose batches, vendors, people and stray labels are all hostile."""
    folder = tmp_path_factory.mktemp("hostile")
    rows = []
    for number, text in enumerate(HOSTILE.values()):
        own = answers(text, units=12, differ=4, vendor=text, by=text)
        rows += [{**row, "item": f"{number}-{row['item'][-3:]}"} for row in own]
        rows.append({**own[0], "item": f"{number}-stray", "label": text})
    config = COLUMNS + 'vendor = "vendor"\n' + CONFIG.removeprefix(COLUMNS)
    data = deliver(folder, rows, config)
    report = ["--report", f"markdown={folder / 'report.md'}"]
    return folder, process("gate", data, "-o", folder / "runs", *report)


def test_nothing_acts_or_hides_in_the_terminal(audited):
    _, done = audited
    shown = done.out + done.err
    assert done.code in {1, 3}, shown
    assert {c for c in shown if unicodedata.category(c) in UNSEEN} == {"\n"}
    assert "www.evil.example" in shown
    assert max(map(len, done.out.splitlines())) <= 80


def test_no_line_is_an_order_to_a_runner(audited):
    _, done = audited
    shown = done.out + done.err
    assert [line for line in shown.splitlines() if line.strip().startswith("::")] == []
    assert ("##[" in shown, "##vso[" in shown) == (False, False)
    assert "\\:error::owned" in shown


@pytest.fixture(scope="module")
def page(audited):
    """Return the markdown report as a browser would get it."""
    text = (audited[0] / "report.md").read_text()
    return MarkdownIt("commonmark", {"html": True}).enable("table").render(text)


def test_markdown_makes_nothing_of_it_but_text(page):
    tags = set(re.findall(r"<(\w+)", page))
    assert tags <= {
        "h2", "h3", "p", "ul", "li", "strong", "code", "blockquote",
        "table", "thead", "tbody", "tr", "th", "td", "details", "summary",
    }  # fmt: skip
    assert page.count("<h2>") == 1
    assert "://" not in page
    assert "@everyone" not in page


@pytest.mark.parametrize("name", ["markup", "a picture", "a link", "a table", "a heading", "code"])
def test_markdown_shows_it_as_it_stands(page, name):
    text = html.unescape(re.sub(r"<!-- -->|</?\w+>", "", page))
    assert HOSTILE[name] in text


def test_the_rejected_cells_open_as_text_in_a_spreadsheet(audited):
    with (audited[0] / "runs/latest/rejected.csv").open(newline="") as file:
        values = {cell["value"] for cell in csv.DictReader(file)}
    formulas = {HOSTILE["a formula"], HOSTILE["a mention"]}
    assert values == {f"'{text}" if text in formulas else text for text in HOSTILE.values()}


@pytest.mark.parametrize("name", HOSTILE)
def test_an_error_about_it_is_one_plain_block(run, block, tmp_path, name):
    data = deliver(tmp_path, [{HOSTILE[name]: "1", "item": "2", "label": "3"}])
    (tmp_path / "labelaudit.toml").unlink()
    done = run("audit", data, "-o", tmp_path / "runs")
    said = block(done)
    assert done.code == 4
    assert {c for c in said if unicodedata.category(c) in UNSEEN} == {"\n"}
    assert max(map(len, said.splitlines())) <= 400
