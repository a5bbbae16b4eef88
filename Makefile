# Every target sets up what it needs: Python 3.11 or newer and make are enough.
.DEFAULT_GOAL := help
.NOTPARALLEL:
.PHONY: help demo test lint docs bench coverage clean ready

VENV  := .venv
BIN   := $(VENV)/bin
READY := $(VENV)/.ready
DEMO  := demo

# The first Python on the path that is new enough and can make a virtual environment.
CAN_BUILD := import sys, venv, ensurepip; sys.exit(sys.version_info < (3, 11))
FIND_PYTHON = for python in $(PYTHON) python3 python3.13 python3.12 python3.11 python3.14 python; do \
	  "$$python" -c '$(CAN_BUILD)' >/dev/null 2>&1 && { echo "$$python"; break; }; done

help: ## list the targets
	@sed -n 's/^\([a-z]*\):.*## /\1\t/p' $(MAKEFILE_LIST) | \
	  while IFS="$$(printf '\t')" read -r name what; do printf '  make %-9s %s\n' "$$name" "$$what"; done

demo: ready ## audit the sample deliveries and say what to open next
	$(BIN)/labelaudit demo $(DEMO)
	@echo "labelaudit stands in $(BIN): . $(BIN)/activate puts it on your path"

test: lint ## run every check and every test
	$(BIN)/python -m pytest --numprocesses auto

lint: ready ## style, types and floors, without the tests
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/mypy
	$(BIN)/lint-imports

docs: ready ## write the generated parts of README.md, docs/ and the schema again
	$(BIN)/python -m labelaudit.configuration.json_schema
	for part in checks cli policies readme undefined coverage found; do $(BIN)/python scripts/refresh_$$part.py || exit; done

bench: ready ## measure the speed promises and write bench/README.md
	$(BIN)/python -m bench

coverage: ready ## run the tests and list the branches they never took
	$(BIN)/python -m pytest --numprocesses auto --cov --cov-report term-missing:skip-covered

clean: ## remove what make and the tools wrote
	rm -rf $(VENV) $(DEMO) .mypy_cache .pytest_cache .ruff_cache .import_linter_cache .hypothesis .coverage
	find src tests scripts -name __pycache__ -type d -prune -exec rm -rf {} +

# The package is installed in place, so nobody else compiles it: a first start is slow without.
ready: $(READY)
	@$(BIN)/python -m compileall -q src

$(READY): pyproject.toml constraints.txt
	@$(BIN)/python -c '$(CAN_BUILD)' 2>/dev/null || { python="$$($(FIND_PYTHON))"; \
	  test -n "$$python" || { echo "labelaudit needs Python 3.11 or newer, with its venv module." \
	    "Name one: make PYTHON=/path/to/python" >&2; exit 2; }; \
	  echo "making $(VENV) with $$("$$python" --version)"; "$$python" -m venv --clear $(VENV); }
	$(BIN)/python -m pip install --quiet --quiet --disable-pip-version-check \
	  --constraint constraints.txt --editable '.[dev]'
	@touch $@
