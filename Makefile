# make demo   set up if needed, build the release, grade a sample class, show the result
# make quick  set up if needed; style, types, and the tests that take no kernel, TensorFlow or answer bank
# make test   set up if needed; style, types and every test
# make lab    open the student notebooks in JupyterLab
# make bench  measure the engine against stock nbgrader; half an hour
# make setup  only the environment, in .venv
# make lock   resolve pyproject.toml again, by what `make setup` installed: the locks and what is made of them
# make clean  remove .venv and build/
#
# PYTHON=python3.12 names the Python of .venv, LOCK=build/lowest.lock another set of versions.

PYTHON ?= python3
LOCK ?= requirements.lock
BIN := .venv/bin
PYTEST := CNNLAB_BUDGET=grading CNNLAB_HEADLESS=1 TF_CPP_MIN_LOG_LEVEL=3 $(BIN)/python -m pytest -n 2

.PHONY: demo quick test style lab bench setup lock clean

demo: .venv/ready
	$(BIN)/autograder demo --out build/demo

quick: style
	QUICK=1 $(PYTEST) -m "not kernel and not tensorflow and not bank" tests

test: style
	$(PYTEST) --durations=20 --nbval-lax tests solutions

style: .venv/ready
	$(BIN)/ruff check .
	$(BIN)/mypy autograder cnnlab

lab: .venv/ready
	$(BIN)/jupyter lab --notebook-dir=notebooks

bench: .venv/ready
	$(BIN)/python -m benchmarks

setup: .venv/ready

.venv/ready: $(LOCK) pyproject.toml cnnlab/__init__.py
	@$(PYTHON) -c 'import sys; sys.exit(not (3, 11) <= sys.version_info[:2] <= (3, 13))' 2>/dev/null || { \
	  echo "This course needs Python 3.11, 3.12 or 3.13, and $(PYTHON) is none of them; name another one: make $(MAKECMDGOALS) PYTHON=python3.12"; exit 2; }
	@echo "Setting up .venv: about two minutes, mostly TensorFlow's download"
	@rm -rf .venv
	@$(PYTHON) -m venv .venv || { echo "Python's venv module did not work; on Debian and Ubuntu: apt install python3-venv"; exit 2; }
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes --requirement $(LOCK)
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	@touch $@

lock:
	$(BIN)/python tools/lock.py

clean:
	rm -rf .venv build
