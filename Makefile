# Everything a newcomer runs. `make` alone lists it.
SHELL := /bin/bash
.DEFAULT_GOAL := help
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
ARGS ?=

.PHONY: help
help: ## this list
	@awk -F ':.*## ' '/^[a-z-]+:.*## /{printf "  make %-10s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

$(VENV)/.uv: requirements-tools.lock
	$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Python 3.11 or newer is needed."; exit 1; }
	test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-tools.lock
	@touch $@

# The product itself is installed editable, so that `.venv/bin/digest` runs this checkout.
$(VENV)/.base: $(VENV)/.uv requirements.lock pyproject.toml
	$(BIN)/uv pip install --quiet --compile-bytecode --python $(BIN)/python --require-hashes -r requirements.lock
	$(BIN)/uv pip install --quiet --compile-bytecode --python $(BIN)/python --no-deps --no-build-isolation -e .
	$(BIN)/python -m compileall -q digest subscribers
	@touch $@

$(VENV)/.dev: $(VENV)/.base requirements-dev.lock
	$(BIN)/uv pip install --quiet --compile-bytecode --python $(BIN)/python --require-hashes -r requirements-dev.lock
	@touch $@

# Judges of the rendered mail (linters and axe); the product does not need them. The lock names no
# registry: npm asks the one that this machine is set to.
$(VENV)/.judges: tests/judges/package-lock.json tests/judges/package.json | $(VENV)/.dev system
	@if ! command -v npm >/dev/null; then echo "left out: npm is not installed; the judges of the mail are skipped by name"; \
	elif (cd tests/judges && npm ci --ignore-scripts --no-fund --no-audit --loglevel=error); then touch $@; \
	else echo "left out: npm could not fetch tests/judges; the judges of the mail are skipped by name"; fi

.PHONY: install
install: $(VENV)/.base ## the product and what it needs, into .venv, from the hash lock

.PHONY: demo
demo: $(VENV)/.base ## the whole morning on the sample newsroom (ARGS=--no-serve to end after it)
	$(BIN)/digest demo $(ARGS)

.PHONY: system
system: ## PostgreSQL, Chromium, postfix's test tools, Node, Java and SpamAssassin, where it may
	@bash .ci/system

.PHONY: check
check: $(VENV)/.dev ## format, lint, types, dependency direction
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/deptry .

.PHONY: test
test: $(VENV)/.dev $(VENV)/.judges system check ## every check and every test, with what they need
	OMP_NUM_THREADS=1 $(BIN)/python -m pytest -n 2 --dist loadgroup -q -rs --cov --cov-report=term:skip-covered $(ARGS)

# EXAMPLES: schedules that hypothesis draws for each database; FAULTS_SEED=N draws the same again.
EXAMPLES ?= 100
.PHONY: faults
faults: $(VENV)/.dev system ## the long fault suite: kill -9 × 20, 100 drawn schedules (EXAMPLES=N), its table
	FAULTS_LONG=$(EXAMPLES) $(BIN)/python -m pytest -n 0 -q -rs tests/faults $(ARGS)

.PHONY: preview
preview: $(VENV)/.dev ## every mail in every state and view, for work on the templates
	$(BIN)/python -m tests.preview $(ARGS)

.PHONY: quick
quick: $(VENV)/.dev ## unit tests only
	$(BIN)/python -m pytest -n 2 -q tests/unit $(ARGS)

.PHONY: bench
bench: $(VENV)/.dev ## every benchmark, as ratios
	for stage in start morning collect cluster summarise personalise queue dispatch; do $(BIN)/digest bench $$stage --json; done

.PHONY: baseline
baseline: $(VENV)/.judges ## renew what mail programs are known not to support (caniemail)
	$(BIN)/python -m tests.judges.caniemail

.PHONY: format
format: $(VENV)/.dev ## format and mend what can be mended
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

.PHONY: lock
lock: $(VENV)/.uv ## compile the locks anew (hashes, no addresses)
	$(BIN)/uv pip compile pyproject.toml --group build -c requirements-held.txt $(LOCKED) -o requirements.lock
	$(BIN)/uv pip compile pyproject.toml --all-extras --group dev -c requirements.lock -c requirements-held.txt $(LOCKED) -o requirements-dev.lock
	echo uv | $(BIN)/uv pip compile - $(LOCKED) -o requirements-tools.lock
LOCKED := --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-annotate --no-header

.PHONY: wheel
wheel: $(VENV)/.dev ## build the wheel into dist/
	$(BIN)/hatchling build -t wheel

.PHONY: clean
clean: ## remove what was made here
	rm -rf $(VENV) tests/judges/node_modules dist build var/demo .mypy_cache .ruff_cache .pytest_cache .hypothesis .coverage* htmlcov
