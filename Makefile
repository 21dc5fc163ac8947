SHELL  := bash
PYTHON ?= python3
VENV   := .venv
BIN    := $(VENV)/bin
UV     ?= $(or $(wildcard $(BIN)/uv),uv)
STAMP  := $(VENV)/.set-up

.DEFAULT_GOAL := help
.PHONY: help setup demo test lint format bench lock clean

help: ## print this list
	@sed -nE 's/^([a-z]+):.*## (.*)/  make \1\t\2/p' $(MAKEFILE_LIST) | expand -t 16

setup: $(STAMP) ## make .venv with everything that requirements.lock pins, and the command .venv/bin/backfit

# The lock holds versions and hashes of everything, the build backend included: pip resolves nothing and builds nothing unpinned.
$(STAMP): requirements.lock pyproject.toml
	$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and f"Python 3.11 or newer is needed, not {sys.version}: make PYTHON=...")'
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --no-deps --require-hashes --requirement requirements.lock
	$(BIN)/python -m pip install --quiet --no-deps --no-build-isolation --editable .
	@touch $@

demo: setup ## watch a real plugin work, break, and work again behind a generated shim
	@scripts/provide browser npm
	@$(BIN)/backfit check environments/bike-shop || [ $$? -eq 1 ] # 1: the new version breaks the plugin, which is the story

test: setup ## provide what the tests need, lint, run every test
	@scripts/test

lint: setup ## formatter, linter, types, floors
	$(BIN)/ruff format --check
	$(BIN)/ruff check
	$(BIN)/mypy
	$(BIN)/lint-imports --no-logo

format: setup ## format, and mend what the linter can
	$(BIN)/ruff check --fix
	$(BIN)/ruff format

bench: setup ## measure, and print ratios
	$(BIN)/python -m tests.benchmarks

lock: ## pin anew what pyproject.toml asks for (needs uv; remove requirements.lock first to move to the newest)
	$(UV) pip compile --quiet --universal --python-version 3.11 --generate-hashes --extra dev --extra mitmproxy \
	  --no-emit-index-url --no-emit-find-links --custom-compile-command 'make lock' --output-file requirements.lock pyproject.toml

clean: ## remove what the set-up, the tools and the runs made
	scripts/provide release
	rm -rf $(VENV) .backfit dist .mypy_cache .pytest_cache .ruff_cache .import_linter_cache .hypothesis
	find . -name __pycache__ -type d -prune -exec rm -rf {} +
