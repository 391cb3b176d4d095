# Each target makes .venv itself when it is missing or older than the lock file. PYTHON chooses the interpreter.
PYTHON ?= python3
BIN := .venv/bin
STAMP := .venv/.installed
TOOLS := .venv/.tools
LOCK := uv pip compile --universal --python-version 3.11 --generate-hashes --no-header --no-annotate --upgrade

.PHONY: report lab quick test check lock codebook

report: $(STAMP)
	$(BIN)/workbook report

lab: $(STAMP)
	$(BIN)/workbook lab notebooks

# In under a minute, while you work: all but what starts a process or a browser, draws pictures, or tries many texts.
quick: $(TOOLS)
	$(BIN)/python -m pytest -m "not slow" -n 2

test: $(TOOLS)
	$(BIN)/python -m pytest -n 3 --dist loadgroup

# Style.
check: $(TOOLS)
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .

# After a change of the dependencies in pyproject.toml (needs uv).
lock:
	$(LOCK) pyproject.toml --extra print --extra slides --group build -o requirements.lock
	$(LOCK) pyproject.toml --extra corpus -c requirements.lock -o requirements-corpus.lock
	$(LOCK) --group dev -c requirements.lock -c requirements-corpus.lock -o requirements-dev.lock
	$(LOCK) training/requirements.in -o training/requirements.lock
	echo "pip>=25" | $(LOCK) - -o requirements-pip.lock

codebook: $(STAMP)
	$(BIN)/python -m analysis.schema > CODEBOOK.md

# The pip that comes with Python 3.11 takes several times as long over so many packages: a new one goes first.
$(STAMP): requirements-pip.lock requirements.lock pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "The workbook needs Python 3.11 or newer: make PYTHON=python3.12 …"; exit 1; }
	$(PYTHON) -m venv --clear .venv
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-compile --require-hashes -r requirements-pip.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-compile --require-hashes -r requirements.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	@$(BIN)/python -m compileall -qq -j 0 -x '/tests?/' .venv/lib analysis || true  # on every core; pip compiles on one
	@touch $@

# What tests and the style check need on top of that; who only uses the workbook does without.
$(TOOLS): $(STAMP) requirements-corpus.lock requirements-dev.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-compile --require-hashes -r requirements-corpus.lock -r requirements-dev.lock
	@$(BIN)/python -m compileall -qq -j 0 -x '/tests?/' .venv/lib || true
	@touch $@
