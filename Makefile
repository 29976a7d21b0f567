# Cadran: `make run` starts it, `make test` tries it. Each sets up what it needs.
SHELL := /bin/bash
PYTHON ?= python3
BIN := .venv/bin
PIP := $(BIN)/python -m pip --quiet --disable-pip-version-check

.PHONY: run test browser compose-test fault-test check bench engine up lock clean
.DEFAULT_GOAL := run

run: .venv/run.stamp
	@exec $(BIN)/cadran run

test: .venv/test.stamp browser
	@$(BIN)/python -m pytest $(ARGS)

# The browser tests drive Debian's Chromium: root gets it installed, anybody else is told how.
CHROMIUM := $(or $(CADRAN_TEST_CHROMIUM),chromium)
browser:
	@command -v $(CHROMIUM) >/dev/null || { [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null \
	    && echo "Cadran : installation de Chromium…" && apt-get update -qq && DEBIAN_FRONTEND=noninteractive \
	    apt-get install -y -qq --no-install-recommends chromium fonts-liberation >/dev/null; } \
	  || echo "Chromium manque, ses essais seront sautés : installez-le (Debian : apt-get install chromium)." >&2

# The tiers outside the default run, because they take long: the services in containers; their faults.
compose-test: .venv/test.stamp engine
	@$(BIN)/python -m pytest -s -x -o python_files='drill_*.py' tests/compose $(ARGS)

fault-test: .venv/test.stamp
	@$(BIN)/python -m pytest -s -o python_files='fault_*.py' tests/faults $(ARGS)

COMPOSE = $$(docker compose version >/dev/null 2>&1 && echo docker compose || echo docker-compose)
engine:
	@command -v docker >/dev/null && { docker compose version >/dev/null 2>&1 || command -v docker-compose >/dev/null; } \
	  || { echo "Docker et compose manquent : installez-les (Debian : apt-get install docker.io docker-compose)." >&2; exit 1; }
	@docker info >/dev/null 2>&1 \
	  || { echo "Docker ne répond pas : démarrez-le, ou joignez le groupe docker." >&2; exit 1; }

# The services apart, in containers; deploy/.env says the rest.
up: engine
	@docker build --tag "$${CADRAN_IMAGE:-cadran}" --file deploy/Dockerfile .
	@deploy/secrets.sh
	@$(COMPOSE) -f deploy/docker-compose.yml up -d

check: .venv/test.stamp
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports

bench: .venv/test.stamp
	$(BIN)/python -m benchmarks

.venv/python.stamp:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null \
	  || { echo "Cadran demande Python 3.11 ou plus récent : installez-le, ou indiquez-le par PYTHON=…" >&2; exit 1; }
	@$(PYTHON) -m venv .venv \
	  || { echo "Le module venv manque : installez-le (Debian : apt install python3-venv)." >&2; exit 1; }
	@touch $@

.venv/run.stamp: .venv/python.stamp requirements.lock pyproject.toml
	@echo "Cadran : installation de l'environnement (.venv)…"
	@$(PIP) install --require-hashes -r requirements.lock
	@$(PIP) install --no-deps --no-build-isolation --no-index -e .
	@touch $@

.venv/test.stamp: .venv/run.stamp requirements-test.lock
	@echo "Cadran : installation de ce qu'il faut aux essais…"
	@$(PIP) install --require-hashes -r requirements-test.lock
	@touch $@

# Needs uv. The locks hold hashes, and no address.
lock:
	uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-header --no-emit-index-url \
	  pyproject.toml --extra build -o requirements.lock
	uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-header --no-emit-index-url \
	  -c requirements.lock pyproject.toml --extra build --extra test -o requirements-test.lock

clean:
	rm -rf .venv .mypy_cache .pytest_cache .ruff_cache .import_linter_cache .hypothesis *.egg-info
