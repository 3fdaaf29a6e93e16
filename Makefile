# Everything there is to do with a fresh checkout: Python 3.11 or later and make are all it takes.
PYTHON ?= python3
BIN := .venv/bin
STAMP := .venv/.installed

.PHONY: play test check bench laws prove docs clean
play: $(STAMP)  ## start a game on a built-in scenario
	@$(BIN)/gameday play retry-storm

test: $(STAMP)  ## run the tests
	$(BIN)/python -m pytest -n auto --dist loadfile

check: $(STAMP)  ## format, lint, types, layers, scenarios
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports --no-logo
	$(BIN)/gameday check scenarios playbooks

bench: $(STAMP)  ## speed, as ratios measured in one run
	$(BIN)/python benchmarks/all.py

laws: $(STAMP)  ## what theory says and what the simulator does, as docs/fidelity.md shows it
	$(BIN)/python docs/laws.py

prove: $(STAMP)  ## par, labels and claims of every built-in scenario, and a thousand runs that come out the same
	$(BIN)/gameday prove $(wildcard scenarios/*.yaml)
	GAMEDAY_SEEDS=167 $(BIN)/python -m pytest tests/determinism/test_resimulation.py

docs: $(STAMP)  ## the generated reference, schemas, tables, rehearsals and screenshots
	$(BIN)/python docs/generate.py
	$(BIN)/python docs/communication.py
	$(BIN)/python docs/alerting.py --write
	$(BIN)/python docs/tricks.py --write
	$(BIN)/python docs/rehearsals.py --write
	$(BIN)/python docs/screenshots.py

clean:
	rm -rf .venv dist build

$(STAMP): pyproject.toml constraints.txt
	$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "gameday needs Python 3.11 or later; try: make PYTHON=python3.12")'
	@echo "Setting up .venv; about a minute, once."
	$(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --constraint constraints.txt --editable '.[dev]'
	@touch $@
