"""The entry point of the command `autograder`; reports in one sentence if the grader's packages are missing."""

from __future__ import annotations

import sys


def main() -> None:
    """Run the command; end with exit code 2 if a package that the grader needs is not installed.

    Raises
    ------
    SystemExit
        always, at the end, with the command's exit code.
    ModuleNotFoundError
        if a module of this package itself is missing: that is a bug, and its traceback has to be visible.
    """
    try:
        from autograder.cli import app

        app(prog_name="autograder")
    except ModuleNotFoundError as error:
        missing = (error.name or "").partition(".")[0]
        if missing in ("", "autograder"):
            raise
        if missing in sys.stdlib_module_names:
            sentence = f"autograder needs Python's module {missing}, which this system does not have: use Linux."
        else:
            sentence = (f"autograder needs the package {missing}, which is not installed here: install the "
                        "teacher's packages with pip install 'cnnlab[teach]'.")
        print(sentence, file=sys.stderr)
        raise SystemExit(2) from None
