# make demo      install into .venv and read the example reports into demo/affair.duckdb
# make test      install into .venv, look at the code, and run every test that is quick: minutes, without torch
# make quality   figures on the corpora beside the repository, training on a small scale, types of the training: needs torch
# make browser   every test in a real Chromium
# make kill      builds that are killed at any moment and started again, and what else makes records again and again
# make all       test, quality, browser and kill: every test there is
# All need Python 3.11 or later with its venv module, make and git, and nothing done before. Tests run in two
# processes; PROCESSES=4 gives them four.

VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check --quiet --quiet
PYTHON ?= $(shell for one in python3 python3.14 python3.13 python3.12 python3.11 python; do \
	$$one -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo $$one && break; done)
LOCKED := $(PIP) install --no-deps --require-hashes
RECORD := demo/affair.duckdb
PROCESSES ?= 2
PYTEST = $(BIN)/python -m pytest -q -n $(PROCESSES)
# A file of tests stays in one process, so that what its tests share is made once; files in their order.
BY_FILE = --dist loadfile --no-loadscope-reorder

.PHONY: help demo test quality browser kill all chromium clean
.DELETE_ON_ERROR:

help:
	@sed -n '/^$$/q; s/^# //p' Makefile

demo: $(VENV)/.installed
	@mkdir -p demo && rm -f $(RECORD)
	@echo '$$ onrecord build $(RECORD) examples/reports' && $(BIN)/onrecord build $(RECORD) examples/reports
	@echo && echo '$$ onrecord status $(RECORD)' && $(BIN)/onrecord status $(RECORD)
	@echo && echo '$$ onrecord statements $(RECORD) --limit 25' && $(BIN)/onrecord statements $(RECORD) --limit 25
	@echo && echo '$$ onrecord actors $(RECORD) --limit 10' && $(BIN)/onrecord actors $(RECORD) --limit 10
	@echo && echo '$$ onrecord check $(RECORD)' && $(BIN)/onrecord check $(RECORD)
	@echo && echo 'Try next:' && \
	id=$$($(BIN)/onrecord statements $(RECORD) --tsv --columns id --limit 1 | tail -n 1) && \
	sed "s,^,  $(BIN)/,; s,RECORD,$(RECORD),; s,ID,$$id," examples/next.txt

# Which markers there are stands in pyproject.toml; tests/test_collection.py sees to it that no test is left out.
test: $(VENV)/.installed-test
	$(BIN)/ruff check .
	$(BIN)/ruff format --check src evaluation quality
	$(BIN)/mypy src
	$(PYTEST) $(BY_FILE) -m 'not (corpus or training or browser or kill or long) or smoke'

quality: $(VENV)/.installed-train
	$(BIN)/mypy
	$(PYTEST) --dist worksteal -m 'corpus or training'

browser: $(VENV)/.installed-test chromium
	$(PYTEST) $(BY_FILE) -m browser

kill: $(VENV)/.installed-test
	$(PYTEST) --dist worksteal -m 'kill or long'

all: test quality browser kill

# Tests in a browser are skipped where there is no Chromium, and say so.
chromium:
	@command -v chromium || command -v chromium-browser || command -v google-chrome || \
	if [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null; then \
		echo 'Installing Chromium (once)' >&2; \
		{ apt-get update -qq && DEBIAN_FRONTEND=noninteractive \
		apt-get install -y -qq --no-install-recommends chromium fonts-liberation; } >/dev/null; \
	else echo 'No Chromium: tests in a browser are skipped. On Debian: apt install chromium' >&2; fi

clean:
	rm -rf $(VENV) demo

$(BIN)/python:
	@test -n "$(PYTHON)" || { echo 'Onrecord needs Python 3.11 or later; none was found.' \
		'Install it, or name it: make PYTHON=/path/to/python3' >&2; exit 1; }
	@$(PYTHON) -m venv $(VENV) || { rm -rf $(VENV); echo 'This Python cannot make virtual environments.' \
		'On Debian and Ubuntu: apt install python3-venv' >&2; exit 1; }

$(VENV)/.installed: requirements.lock requirements-build.lock pyproject.toml | $(BIN)/python
	@echo 'Installing into $(VENV) (once)' >&2
	@$(LOCKED) -r requirements.lock -r requirements-build.lock
	@$(PIP) install --no-deps --no-build-isolation -e .
	@touch $@

$(VENV)/.installed-test: requirements-test.lock | $(VENV)/.installed
	@echo 'Installing what the tests need (once)' >&2
	@$(LOCKED) -r requirements-test.lock
	@touch $@

$(VENV)/.installed-train: requirements-train.lock requirements-torch.lock | $(VENV)/.installed-test
	@echo 'Installing what training needs, torch among it (once)' >&2
	@$(LOCKED) -r requirements-train.lock
	@$(PIP) install -r requirements-torch.lock
	@touch $@
