"""Where the command `autograder` starts: says in one sentence what is missing where the grader was not installed."""

from __future__ import annotations

import sys


def main() -> None:
    """Run the command; ends with exit code 2 where a package of the grader is not installed.

    Raises
    ------
    SystemExit
        at the end, always, with the command's exit code.
    ModuleNotFoundError
        if a module of this package itself is missing: that is a mistake of ours, and its place has to be seen.
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
