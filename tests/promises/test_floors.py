"""The floors: imports point down only, and heavy third parties keep to their places."""

from __future__ import annotations

import ast
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PACKAGE = ROOT / "src" / "labelaudit"
LINT = "import sys; sys.path.insert(0, 'src'); from importlinter.cli import lint_imports; "


def lint(root: Path) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-c", LINT + "sys.exit(lint_imports(no_cache=True))"]
    return subprocess.run(command, cwd=root, capture_output=True, text=True, check=False)


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    shutil.copytree(ROOT / "src", tmp_path / "src", ignore=shutil.ignore_patterns("__pycache__"))
    return tmp_path


def test_every_import_points_down():
    done = lint(ROOT)
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.parametrize(
    ("module", "line", "floor"),
    [
        ("coefficients/patterns.py", "import pandas", "The words and the numbers know no tables"),
        ("measure.py", "import labelaudit.verdict", "Floors"),
        ("audit.py", "import duckdb", "duckdb is known to the engine only"),
    ],
)
def test_an_import_that_points_up_is_caught(copy, module, line, floor):
    path = copy / "src" / "labelaudit" / module
    path.write_text(path.read_text(encoding="utf-8") + f"\n{line}\n", encoding="utf-8")
    done = lint(copy)
    assert done.returncode == 1
    assert any(floor in said and "BROKEN" in said for said in done.stdout.splitlines())


@pytest.mark.parametrize("module", ["model.py", "errors.py"])
def test_the_words_need_the_standard_library_only(module):
    tree = ast.parse((PACKAGE / module).read_text(encoding="utf-8"))
    absolute = [node.module for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)]
    plain = [n.name for node in ast.walk(tree) if isinstance(node, ast.Import) for n in node.names]
    roots = {str(name).partition(".")[0] for name in absolute + plain}
    assert roots <= sys.stdlib_module_names | {"labelaudit"}
