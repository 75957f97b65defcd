# AskFirst: `make start` runs the demo, `make test` runs the tests. Both install what they need first.
SHELL := /bin/bash
.DEFAULT_GOAL := help
.PHONY: help setup start test test-quick check format bench understanding conversations train lock clean distclean

PYTHON_ENV := .venv/bin
ARGS ?=
# The tests of a file stay together in one process, since they share what is dear to start.
AT_ONCE ?= -n logical --maxprocesses 4 --dist loadfile

help: ## List these targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "  make %-14s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

setup: ## Install everything from hashed pins (skips what is done)
	@scripts/setup

start: setup ## Run the demo on this machine: http://127.0.0.1:8000, Ctrl-C stops it
	@$(PYTHON_ENV)/askfirst up

test: setup ## Run all the tests (pass options in ARGS, say ARGS="-k wechat")
	@$(PYTHON_ENV)/python -m pytest $(AT_ONCE) $(ARGS)

test-quick: setup ## Run the tests that start no servers
	@$(PYTHON_ENV)/python -m pytest $(AT_ONCE) --ignore=tests/e2e -m "not slow" $(ARGS)

check: setup ## Lint, formatting, types, and Rasa's own validation and tests
	@scripts/check

format: setup ## Put the code into the house format
	@$(PYTHON_ENV)/ruff format .
	@$(PYTHON_ENV)/ruff check --fix .

train: setup ## Train the understanding, if its inputs changed
	@$(PYTHON_ENV)/askfirst train

bench: setup ## Measure AskFirst beside Rasa's starter project and print the table
	@$(PYTHON_ENV)/python -m benchmarks $(ARGS)

understanding: setup ## Measure how well questions are understood
	@$(PYTHON_ENV)/python -m benchmarks.understanding $(ARGS)

conversations: setup ## Say unseen messages and conversations to the whole system, and score its replies
	@$(PYTHON_ENV)/python -m benchmarks.conversations $(ARGS)

lock: ## Pin requirements/*.in again, with hashes (UPGRADE=1 for the newest versions)
	@scripts/lock

clean: ## Remove what was built, and keep the environments and the data
	@rm -rf build .mypy_cache .pytest_cache .ruff_cache .hypothesis .coverage htmlcov
	@find . -name __pycache__ -not -path './.venv*' -prune -exec rm -rf {} +

distclean: clean ## Remove the environments and the demo's data too
	@rm -rf .venv .venv-rasa .venv-tools .askfirst .setup.lock
