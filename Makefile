# make demo | test | check | bench: each does all of its own set-up on a bare Debian or Ubuntu.
SHELL := /bin/bash
PYTHON ?= python3
BIN := .venv/bin
STAMP := .venv/.ready

.PHONY: demo test check bench clean

demo: $(STAMP)
	@$(BIN)/uppsikt demo

test: $(STAMP)
	@$(BIN)/python -m pytest -n auto --maxprocesses 4 --dist loadfile

check: $(STAMP)
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check --quiet . || { echo "run .venv/bin/ruff format ."; exit 1; }
	@$(BIN)/mypy

bench: $(STAMP)
	@$(BIN)/python -m tests.bench

# torch alone first: its CPU build is pinned, and a looser request would bring several GB of CUDA.
$(STAMP): pyproject.toml constraints.txt
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Uppsikt needs Python 3.11 or later: apt install python3"; exit 1; }
	@$(PYTHON) -m venv .venv 2>/dev/null || { echo "installing python3-venv"; $$(command -v sudo) apt-get -qq update && $$(command -v sudo) apt-get -qq install -y python3-venv && $(PYTHON) -m venv .venv; }
	@echo "Setting up .venv (a few minutes the first time)"
	@$(BIN)/pip install --quiet --disable-pip-version-check -c constraints.txt torch
	@$(BIN)/pip install --quiet --disable-pip-version-check -c constraints.txt -e '.[train,test,check]'
	@touch $(STAMP)

clean:
	rm -rf .venv build *.egg-info
