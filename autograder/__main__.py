"""`python -m autograder` is `autograder`."""

from autograder.entry import main

if __name__ == "__main__":
    main()
