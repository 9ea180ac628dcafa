"""`python -m autograder` is `autograder`."""

from autograder.cli import app

if __name__ == "__main__":
    app(prog_name="autograder")
