"""Points for the parts of a task that an answer gets right.

    parts = checks.Parts(4)
    with parts("one channel", 1):
        check.result_of(conv2d, image, kernels)
    with parts("several channels and filters", 3):
        ...
    parts.points()

The last line gives the test its value, which nbgrader and the grader of this course take as its score.
"""

from __future__ import annotations

from types import TracebackType


class Points(float):
    """The points of an answer, with the names of its parts.

    Attributes
    ----------
    held : tuple of str
        the parts that are right.
    lost : tuple of (str, float, Exception)
        the other parts: name, points, and what the check or the answer raised.
    """

    held: tuple[str, ...]
    lost: tuple[tuple[str, float, Exception], ...]


class Parts:
    """The parts of one test.

    Parameters
    ----------
    points : float
        the points of the whole test.
    """

    def __init__(self, points: float) -> None:
        self._points, self._shared = points, 0.0
        self._held: list[tuple[str, float]] = []
        self._lost: list[tuple[str, float, Exception]] = []

    def __call__(self, name: str, points: float) -> _Part:
        """Return a context for one part: what is raised in it costs `points` and nothing more."""
        self._shared += points
        return _Part(self, name, points)

    def points(self) -> Points:
        """Return the points of all parts together.

        Raises
        ------
        Exception
            what the first part raised, if no part is right.
        ValueError
            if the parts do not share out the points of the test: an error of the test.
        """
        if self._shared != self._points:
            raise ValueError(f"The parts of this test have {self._shared:g} points together, not {self._points:g}.")
        if self._lost and not self._held:
            raise self._lost[0][2]
        given = Points(sum(points for _, points in self._held))
        given.held, given.lost = tuple(name for name, _ in self._held), tuple(self._lost)
        return given


class _Part:
    def __init__(self, parts: Parts, name: str, points: float) -> None:
        self._parts, self._name, self._points = parts, name, points

    def __enter__(self) -> None:
        return None

    def __exit__(self, kind: object, error: BaseException | None, trace: TracebackType | None) -> bool:
        if error is None:
            self._parts._held.append((self._name, self._points))
        elif isinstance(error, Exception):
            self._parts._lost.append((self._name, self._points, error))
        return error is None or isinstance(error, Exception)
