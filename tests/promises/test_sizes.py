"""The budget: small files, small functions, short tests."""

from __future__ import annotations

import ast
from itertools import chain
from pathlib import Path
from statistics import median, quantiles

import pytest

ROOT = Path(__file__).parents[2]
FOLDERS = ("src", "app", "tests", "bench", "scripts")
FILES = sorted(chain.from_iterable((ROOT / name).rglob("*.py") for name in FOLDERS))
SOURCES = [path for path in FILES if path.is_relative_to(ROOT / "src")]
TESTS = [path for path in FILES if path.is_relative_to(ROOT / "tests")]


def lines(path: Path) -> int:
    return len(path.read_text(encoding="utf-8").splitlines())


def functions(path: Path) -> dict[str, int]:
    """Return the number of body lines of every function, its docstring left out."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    found = [node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)]
    return {f"{path.name}:{node.lineno} {node.name}": body_lines(node) for node in found}


def body_lines(node: ast.FunctionDef) -> int:
    body = node.body[1:] if ast.get_docstring(node) is not None else node.body
    return (body[-1].end_lineno or 0) - body[0].lineno + 1 if body else 0


def all_functions(paths: list[Path]) -> dict[str, int]:
    return dict(chain.from_iterable(functions(path).items() for path in paths))


def test_no_file_is_longer_than_300_lines():
    assert [f"{path.name}: {lines(path)}" for path in FILES if lines(path) > 300] == []


@pytest.mark.parametrize("files", [SOURCES, FILES], ids=["src", "all"])
def test_the_median_file_is_shorter_than_120_lines(files):
    assert median(lines(path) for path in files) < 120


def test_no_function_is_longer_than_50_lines():
    assert {name: size for name, size in all_functions(FILES).items() if size > 50} == {}


def test_most_functions_are_short():
    sizes = list(all_functions(SOURCES).values())
    assert median(sizes) < 8
    assert quantiles(sizes, n=10)[-1] <= 25


def test_no_test_is_longer_than_15_lines():
    found = all_functions(TESTS)
    assert {name: n for name, n in found.items() if " test_" in name and n > 15} == {}
