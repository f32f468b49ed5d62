# demo      from a bare Python to a crash report that says nothing of its user
# test      linters, types, contracts between rooms, the tests
# coverage  the tests, and what of the code they run
# matrix    the tests on every supported Python that is here, and with the oldest dependencies allowed
# soak      what takes longer than a test may: random programs, a thousand values of one bug, crash loops, the worst for each
#           rule, 200 processes that send at once and are killed, a hundred thousand captures in one process
# bench     what it costs, beside bare Python and stock Sentry
# clean     removes what these made

PYTHON ?= $(shell sh .ci/python)
VERSIONS := 3.10 3.11 3.12 3.13
BIN := .venv/bin
QUIET := --quiet --disable-pip-version-check

.PHONY: demo test coverage matrix oldest soak bench clean $(VERSIONS:%=matrix-%)

demo: .venv/installed
	@$(BIN)/scrubbing demo

test: .venv/ready-to-test
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/pytest --numprocesses=auto --dist=loadfile

coverage: .venv/ready-to-test
	$(BIN)/pytest --numprocesses=auto --dist=loadfile --cov --cov-report=term:skip-covered

bench: .venv/ready-to-measure
	$(BIN)/python -m benchmarks startup
	$(BIN)/python -m benchmarks capture
	$(BIN)/python -m benchmarks delivery
	$(BIN)/python -m benchmarks walker
	$(BIN)/python -m benchmarks typed
	$(BIN)/python -m benchmarks quality

soak: .venv/ready-to-test
	$(BIN)/python tests/provenance/fuzzing.py 120
	SOAK=1 $(BIN)/pytest --timeout=1800 tests/real/test_bugsink.py -k one_bug_with_many_values
	SOAK=1 $(BIN)/pytest --timeout=3600 tests/quota/test_crash_loop.py
	SOAK=1 $(BIN)/pytest --timeout=1800 tests/rules/test_growth.py tests/rules/test_metamorphic.py
	SOAK=1 $(BIN)/pytest --timeout=1800 tests/outbox/test_kills.py tests/outbox/test_machine.py
	SOAK=1 $(BIN)/pytest --timeout=1800 tests/telemetry/test_many_captures.py

matrix: $(VERSIONS:%=matrix-%) oldest

$(VERSIONS:%=matrix-%): matrix-%:
	@python="$$(sh .ci/python $*)"; \
	if [ -n "$$python" ]; then $(MAKE) --no-print-directory .venvs/$*/ready && .venvs/$*/bin/pytest --numprocesses=auto --dist=loadfile; \
	else echo "Python $* is not here."; fi

oldest: .venvs/oldest/ready
	.venvs/oldest/bin/pytest --numprocesses=auto --dist=loadfile

clean:
	rm -rf .venv .venvs build dist .coverage .coverage.* .pytest_cache .mypy_cache .ruff_cache .hypothesis .import_linter_cache
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

# Dependency groups came with pip 25.1, so pip comes first.
.venv/made:
	@test -n "$(PYTHON)" || { echo "Python 3.10 or newer, with its venv module, is needed; none was found."; exit 1; }
	$(PYTHON) -m venv .venv
	$(BIN)/python -m pip install $(QUIET) --upgrade "pip>=25.1"
	@touch $@

.venv/installed: pyproject.toml | .venv/made
	$(BIN)/python -m pip install $(QUIET) --editable .
	@touch $@

.venv/ready-to-test: pyproject.toml | .venv/made
	$(BIN)/python -m pip install $(QUIET) --editable . --group lint --group typing --group test
	@touch $@ .venv/installed

.venv/ready-to-measure: pyproject.toml | .venv/made
	$(BIN)/python -m pip install $(QUIET) --editable . --group benchmark
	@touch $@ .venv/installed

.venvs/oldest/ready: pyproject.toml
	$(PYTHON) -m venv .venvs/oldest
	.venvs/oldest/bin/python -m pip install $(QUIET) --upgrade "pip>=25.1"
	sed -n '/^dependencies = \[/,/^\]/s/^  "\([a-z0-9_-]*\)>=\([0-9.]*\).*/\1==\2/p' pyproject.toml > .venvs/oldest/constraints.txt
	.venvs/oldest/bin/python -m pip install $(QUIET) --editable . --group test --constraint .venvs/oldest/constraints.txt
	@touch $@

.venvs/%/ready: pyproject.toml
	"$$(sh .ci/python $*)" -m venv .venvs/$*
	.venvs/$*/bin/python -m pip install $(QUIET) --upgrade "pip>=25.1"
	.venvs/$*/bin/python -m pip install $(QUIET) --editable . --group test
	@touch $@
