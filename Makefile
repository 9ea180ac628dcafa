# make demo   set up if needed, build the release, grade a sample class, show the result
# make test   set up if needed, run every test
# make lab    open the student notebooks in JupyterLab
# make bench  measure the engine against stock nbgrader; half an hour
# make setup  only the environment, in .venv

PYTHON ?= python3
BIN := .venv/bin

.PHONY: demo test bench lab setup lock clean

demo: .venv/ready
	$(BIN)/autograder demo --out build/demo

test: .venv/ready
	$(BIN)/ruff check .
	CNNLAB_BUDGET=grading CNNLAB_HEADLESS=1 TF_CPP_MIN_LOG_LEVEL=3 $(BIN)/python -m pytest -n 2 --nbval-lax tests solutions

lab: .venv/ready
	$(BIN)/jupyter lab --notebook-dir=notebooks

bench: .venv/ready
	$(BIN)/python -m benchmarks

setup: .venv/ready

.venv/ready: requirements.lock pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(not (3, 11) <= sys.version_info[:2] <= (3, 13))' 2>/dev/null || { \
	  echo "This course needs Python 3.11, 3.12 or 3.13, and $(PYTHON) is none of them; name another one: make $(MAKECMDGOALS) PYTHON=python3.12"; exit 2; }
	@echo "Setting up .venv: about two minutes, mostly TensorFlow's download"
	@rm -rf .venv
	@$(PYTHON) -m venv .venv || { echo "Python's venv module did not work; on Debian and Ubuntu: apt install python3-venv"; exit 2; }
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes --requirement requirements.lock
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	@touch $@

lock:
	$(PYTHON) tools/lock.py

clean:
	rm -rf .venv build
