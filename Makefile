# Everything a newcomer needs: `make demo` and `make test`. Only Python 3.11+, make and a package index are required.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check --quiet
EXAMPLE := examples/orders

.DEFAULT_GOAL := help
.PHONY: help demo test check lint types imports shape fuzz generate docs lock bench clean

help: ## list what can be made
	@grep -hE '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed 's/:.*## /\t/' | sort | expand -t 12

demo: $(VENV)/runtime ## set up a virtual environment and scan the example shop
	@$(BIN)/lambdaward scan $(EXAMPLE) --today 2026-11-23 --exit-zero

test: $(VENV)/dev check ## set up and run everything that CI runs
	$(MAKE) --no-print-directory $(VENV)/wheel
	$(BIN)/python -m pytest -n auto --maxprocesses 8 --dist loadfile
	$(BIN)/python tests/fuzz/fuzz_template_reader.py $(or $(FUZZ_SECONDS),10)
	$(BIN)/python tests/fuzz/fuzz_packages.py all $(or $(FUZZ_SECONDS),10)

check: lint types imports shape ## every check that runs no test

lint: $(VENV)/dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

types: $(VENV)/dev
	$(BIN)/mypy

imports: $(VENV)/dev
	$(BIN)/lint-imports

shape: $(VENV)/dev
	$(BIN)/python tools/shape.py src/lambdaward

fuzz: $(VENV)/dev ## fuzz the readers of templates and packages (FUZZ_SECONDS=60)
	$(BIN)/python tests/fuzz/fuzz_template_reader.py $(or $(FUZZ_SECONDS),60)
	$(BIN)/python tests/fuzz/fuzz_packages.py all $(or $(FUZZ_SECONDS),60)

generate: $(VENV)/dev ## regenerate documentation and schemas from the code
	$(BIN)/python tools/generate.py

docs: $(VENV)/dev ## build the documentation site into site/
	$(PIP) install mkdocs-material
	$(BIN)/mkdocs build --strict --quiet

bench: $(VENV)/dev ## compare with peers: make bench CORPUS=folder
	$(BIN)/python benchmarks/speed.py --cache .bench $(CORPUS)

lock: ## resolve dependencies anew
	$(BIN)/python -m pip --quiet install uv
	$(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-header pyproject.toml -o locks/runtime.txt
	$(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-header --group dev pyproject.toml -o locks/dev.txt

clean: ## remove what was made
	rm -rf $(VENV) dist build site .mypy_cache .ruff_cache .hypothesis .import_linter_cache

$(VENV)/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "lambdaward needs Python 3.11 or newer: make PYTHON=python3.12 ..." >&2; exit 2; }
	$(PYTHON) -m venv $(VENV)

$(VENV)/runtime: locks/runtime.txt pyproject.toml | $(VENV)/bin/python
	$(PIP) install --require-hashes -r locks/runtime.txt
	$(PIP) install --no-deps -e .
	@touch $@

$(VENV)/dev: locks/dev.txt pyproject.toml | $(VENV)/bin/python
	$(PIP) install --require-hashes -r locks/dev.txt
	$(PIP) install --no-deps --no-build-isolation -e .
	@touch $@ $(VENV)/runtime

# The tests run against the built wheel, so that what is missing from it fails here and not at a user's.
.PHONY: $(VENV)/wheel
$(VENV)/wheel:
	rm -rf dist
	$(BIN)/python -m build --wheel --no-isolation --outdir dist . > /dev/null
	$(PIP) install --no-deps --force-reinstall dist/lambdaward-*.whl
	@rm -f $(VENV)/dev $(VENV)/runtime
