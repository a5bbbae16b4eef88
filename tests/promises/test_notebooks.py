"""The notebooks run, show what they claim, and are committed without their outputs."""

from __future__ import annotations

import ast
from pathlib import Path

import nbformat
import pytest
from nbmake.nb_run import NotebookRun

ROOT = Path(__file__).parents[2]
NOTEBOOKS = sorted((ROOT / "notebooks").glob("*.ipynb"))

every_notebook = pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)


def code_cells(path: Path) -> list[nbformat.NotebookNode]:
    notebook = nbformat.read(path, as_version=4)
    return [cell for cell in notebook.cells if cell.cell_type == "code"]


def imported(path: Path) -> set[str]:
    """Return the modules that a notebook imports, dotted as they are written."""
    nodes = ast.walk(ast.parse("\n".join(cell.source for cell in code_cells(path))))
    found: set[str] = set()
    for node in nodes:
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            found.add(str(node.module))
    return found


@every_notebook
@pytest.mark.filterwarnings("ignore::DeprecationWarning:zmq")  # its own use of asyncio
def test_every_cell_runs_and_every_claim_holds(path):
    run = NotebookRun(path, default_timeout=120).execute()
    assert run.error is None, run.error.trace


@every_notebook
def test_it_holds_numbers_to_published_digits(path):
    asserts = [cell for cell in code_cells(path) if "assert " in cell.source]
    assert len(asserts) > 3


@every_notebook
def test_it_uses_the_public_face_alone(path):
    ours = {name for name in imported(path) if name.startswith("labelaudit")}
    assert ours == {"labelaudit"}


@every_notebook
def test_outputs_are_not_committed(path):
    cells = code_cells(path)
    assert [cell.execution_count for cell in cells] == [None] * len(cells)
    assert [cell.outputs for cell in cells] == [[]] * len(cells)


def test_the_notebooks_are_all_there():
    assert [path.stem for path in NOTEBOOKS] == ["agreement", "annotators-and-drift"]
