# Two commands on a fresh machine: `make demo` and `make test`. Both set up what they need.
SHELL := /bin/bash
PYTHON ?= $(shell for p in python3 python3.11 python3.12 python3.13 python3.14; do \
	$$p -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo $$p && break; done)
BIN := .venv/bin
WORKERS ?= 4

.PHONY: demo run test test-long check lock clean

demo: .venv/run.stamp ## the main job in rehearsal: a quarter in the life of the sample group
	$(BIN)/python -m bot rehearse --story

run: .venv/run.stamp ## the bot, for a real workspace; reads .env
	$(BIN)/python -m bot serve

test: .venv/dev.stamp ## the tests, on SQLite and PostgreSQL
	$(BIN)/python -m pytest -n $(WORKERS) --dist worksteal

test-long: .venv/dev.stamp ## kills, simulations and pictures at full size
	$(BIN)/python -m pytest -m long

check: .venv/dev.stamp ## style, types, layers and the lock files
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	! grep -nE '://|--(extra-)?index-url|--find-links' requirements/*.txt

lock: ## pin and hash every version again; needs uv
	uv pip compile pyproject.toml --universal --python-version 3.11 --generate-hashes \
		--no-header --no-emit-index-url --no-annotate -q -o requirements/run.txt
	uv pip compile pyproject.toml --group dev -c requirements/run.txt --universal \
		--python-version 3.11 --generate-hashes --no-header --no-emit-index-url --no-annotate \
		-q -o requirements/dev.txt

clean:
	rm -rf .venv rehearsal

.venv/python.stamp:
	@test -n "$(PYTHON)" || { echo "Followthrough needs Python 3.11 or newer: install it, or name it with make PYTHON=…"; exit 1; }
	$(PYTHON) -m venv .venv
	@touch $@

.venv/run.stamp: .venv/python.stamp requirements/run.txt
	$(BIN)/python -m pip install -q --disable-pip-version-check --require-hashes -r requirements/run.txt
	@touch $@

.venv/dev.stamp: .venv/python.stamp requirements/dev.txt
	$(BIN)/python -m pip install -q --disable-pip-version-check --require-hashes -r requirements/dev.txt
	@touch $@
