# fangtan: `make help` explains every target.
SHELL := bash
.SHELLFLAGS := -euo pipefail -c
.DEFAULT_GOAL := help
# the first that runs: a version manager's name for a Python may be there without the Python
PYTHON ?= $(shell for python in python3.13 python3.12 python3.11 python3.14 python3; do $$python -c '' 2>/dev/null && echo $$python && break; done)
BIN := .venv/bin
# tests in two processes, a file in one of them: what a file makes once is made once
PARALLEL := -n 2 --dist loadfile --no-loadscope-reorder
# compiled tests are kept, whatever the shell says: to compile them takes as long as to import them
test test-fast: export PYTHONDONTWRITEBYTECODE :=

.PHONY: help demo test test-fast check bench bench-scale quality topics trials docs locale env lock clean

help: ## explain every target
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | awk -F':.*## ' '{printf "  make %-11s %s\n", $$1, $$2}'

.venv/installed: requirements.lock
	@"$(PYTHON)" -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "fangtan needs Python 3.11 or newer; found $$("$(PYTHON)" --version). Try: make PYTHON=/path/to/python3.11 demo"; exit 1; }
	"$(PYTHON)" -m venv .venv
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes --requirement requirements.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	@# the path to this folder, from where the file lies: under LC_ALL=C no Python starts that finds 访谈 in such a file
	@for file in .venv/lib/python*/site-packages/_editable_impl_fangtan.pth; do echo ../../../.. > "$$file"; done
	@touch $@

.venv/installed-dev: requirements-dev.lock .venv/installed
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes --requirement requirements-dev.lock
	@touch $@

demo: .venv/installed ## index the sample interviews and ask them something (needs Python 3.11+ and nothing else)
	@$(BIN)/python -m search_cli.tools.demo

test: .venv/installed-dev ## run the whole suite against a real Elasticsearch
	$(BIN)/python -m pytest $(PARALLEL)

test-fast: .venv/installed-dev ## run the quick tests that need no Elasticsearch (about a minute)
	$(BIN)/python -m pytest $(PARALLEL) -q --ignore tests/elastic -m "not slow"

check: .venv/installed-dev ## lint, types, spelling and the import rules
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	@# each takes a core for a quarter of a minute
	$(BIN)/python -m mypy & oldest=$$!; $(BIN)/python -m mypy --python-version 3.14 || newest=1; wait $$oldest && exit $${newest:-0}
	$(BIN)/codespell
	$(BIN)/python -m tests.support.other_pythons
	$(BIN)/lint-imports --no-logo
	$(BIN)/python -m pytest -q tests/test_imports.py

bench: .venv/installed-dev ## measure speed side by side with a plain script
	$(BIN)/python -m tests.bench.speed

bench-scale: .venv/installed-dev ## measure archives of up to a million turns (half an hour and more; 6 GB in the folder for temporary files)
	$(BIN)/python -m tests.bench.scale

quality: .venv/installed-dev ## measure how well the right turns are found, beside plain jieba and the server's own analyzer
	$(BIN)/python -m tests.bench.quality

topics: .venv/installed-dev ## measure how well learned topics agree with segments that people cut
	$(BIN)/python -m tests.bench.topics

trials: .venv/installed-dev ## kill runs and nodes, cut connections, fill disks: is anything lost? (hours; KILLS, STORMS, SEED bound it)
	$(BIN)/python -m pytest -n 0 -s $$(grep -l '^def test_' tests/trials/*.py)
	EVERY_REQUEST=1 $(BIN)/python -m pytest -n 0 tests/elastic -k "killed or changed_back"
	@for file in $$(grep -l '^if __name__' tests/trials/*.py); do $(BIN)/python -m tests.trials.$$(basename $$file .py); done

env: .venv/installed ## write .env for docker compose with generated passwords; what is set there is kept
	@$(BIN)/python -m search_cli.tools.env_file

dashboard: .venv/installed ## regenerate data/kibana/fangtan.ndjson
	$(BIN)/python -m search_cli.tools.kibana.generate

docs: .venv/installed-dev ## regenerate the outputs in README and docs, docs/cli.md and THIRD_PARTY.md
	$(BIN)/python -m tests.support.cli_reference
	$(BIN)/python -m tests.support.third_party
	$(BIN)/python -m tests.support.doc_outputs

locale: .venv/installed-dev ## take new help texts into the catalogues, make zh_Hant from zh_Hans and compile both
	$(BIN)/python -m tests.support.catalogue

lock: ## write the lock files anew from pyproject.toml (needs uv)
	uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-emit-find-links --no-header --extra meaning --group build pyproject.toml -o requirements.lock
	uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-emit-find-links --no-header --extra dev --extra meaning --group build pyproject.toml -o requirements-dev.lock

clean: ## remove the virtual environment and caches (indexed data stays)
	rm -rf .venv .pytest_cache .mypy_cache .ruff_cache .import_linter_cache .hypothesis
