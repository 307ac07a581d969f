# Targets describe themselves: `make help`.
.DEFAULT_GOAL := help
SHELL := /bin/bash
# A name on PATH may be a version manager's stand-in that does not run: each is tried.
PYTHON ?= $(shell for p in python3 /usr/bin/python3 python3.13 python3.12 python3.11; do \
	"$$p" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo "$$p" && break; done)
$(if $(PYTHON),,$(error Python 3.11 or later is needed: install python3, or name one with PYTHON=…))
PORT ?= 8000
BIN := .venv/bin
# Compiled modules are kept, but beside the sources, not among them: a start takes half as long.
export PYTHONPYCACHEPREFIX := $(CURDIR)/.cache/python
unexport MAKEFLAGS

.PHONY: help setup run test lint bench relevance services lock audit vendor messages screenshots guides lighthouse clean

help: ## Show the targets.
	@awk -F':.*## ' '/^[a-z-]+:.*## / {printf "  %-12s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

setup: ## Everything that `run` does short of serving: environment, packages, catalogues, database, demo.
	@$(PYTHON) -m tools.setup run

run: export PORTAL_BASE_URL ?= http://localhost:$(PORT)
run: setup ## Serve the seeded portal on http://localhost:8000 (PORT=…), worker beside it; Ctrl-C ends both.
	@exec $(BIN)/python -m tools.serve --port $(PORT)

test: ## Set everything up and pass the whole suite: real PostgreSQL, Elasticsearch and browser.
	@$(PYTHON) -m tools.setup test
	@exec $(BIN)/python -m tools.suite $(ARGS)

lint: ## Style, types, layers, sizes, translations, security rules.
	@$(PYTHON) -m tools.setup test
	@exec $(BIN)/python -m tools.suite --lint-only

bench: ## Speed against named peers in the same run; results in benchmarks/RESULTS.md.
	@$(PYTHON) -m tools.setup test
	@exec $(BIN)/python -m tools.services run -- $(BIN)/python -m benchmarks

relevance: ## How rightly the judged queries are answered (FILE=other.csv); Elasticsearch too where ELASTICSEARCH_URL is set.
	@$(PYTHON) -m tools.setup test
	@exec $(BIN)/python -m benchmarks.relevance $(FILE)

services: ## Start or stop the local PostgreSQL and Elasticsearch (DO=start|stop|status).
	@$(PYTHON) -m tools.setup test
	@exec $(BIN)/python -m tools.services $(or $(DO),status)

lock: ## Pin all packages with hashes and without addresses.
	@$(PYTHON) -m tools.setup lock

audit: ## Known faults of the pinned packages; unreachable counts as failed.
	@$(PYTHON) -m tools.setup test
	@exec $(BIN)/pip-audit --strict --require-hashes --disable-pip -r requirements.lock

vendor: ## Fetch the committed CSS and fonts anew and check their checksums.
	@exec $(PYTHON) -m tools.vendoring

messages: ## Collect the texts to translate and build the catalogues.
	@$(PYTHON) -m tools.setup test
	@exec $(BIN)/python -m tools.catalogues collect

screenshots: ## Take the pictures that docs/mission.md names (var/screenshots/).
	@$(PYTHON) -m tools.setup test
	@exec $(BIN)/python -m tools.screenshots

guides: ## Take the pictures of the guides anew (portal/demo/data/guides/).
	@$(PYTHON) -m tools.setup test
	@exec $(BIN)/python -m tools.guides

lighthouse: ## Lighthouse's points of five pages (needs Node and npm, for this target alone).
	@$(PYTHON) -m tools.setup test
	@exec $(BIN)/python -m tools.lighthouse

clean: ## Remove what can be made again (keeps var/, your data).
	@rm -rf .venv .cache .mypy_cache .ruff_cache .pytest_cache .import_linter_cache
	@find . -name '*.mo' -path './locale/*' -delete
