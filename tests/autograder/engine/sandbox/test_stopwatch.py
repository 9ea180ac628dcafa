"""Time as limits count it, on processes made up."""

import asyncio

import pytest

from autograder.engine.sandbox import stopwatch


class Made:
    """Processes: for each look the seconds computed until then, and whether one is ready."""

    def __init__(self, *looks: tuple[float, bool]) -> None:
        self.looks = iter([(0.0, False), *looks])
        self.ready = False

    def seconds(self) -> float:
        seconds, self.ready = next(self.looks)
        return seconds

    def threads(self) -> list[bool]:
        return [self.ready]


@pytest.fixture
def times(monkeypatch):
    """The clock on the wall, a list; each look takes the next one."""
    left = []
    monkeypatch.setattr(stopwatch, "monotonic", lambda: left.pop(0))
    monkeypatch.setattr(stopwatch, "ready", any)
    return left


@pytest.mark.parametrize("looks, walls, computed, still", [
    ([(1.0, True), (2.0, True)], [0, 1, 2], 2.0, 0.0),  # computes
    ([(0.0, False), (0.0, False)], [0, 1, 2], 0.0, 2.0),  # waits
    ([(0.01, True), (0.02, True)], [0, 1, 2], 0.02, 0.0),  # waits for a processor
    ([(0.1, False), (0.2, False)], [0, 1, 2], 0.2, 1.8),  # computes a little now and then
    ([(7.0, False), (7.0, False)], [0, 1, 2], 7.0, 1.0),  # on many cores, and then waits
    ([(0.0, False)], [0, 500], 0.0, stopwatch.LONGEST),  # nobody looked
])
def test_computing_and_standing_still(times, looks, walls, computed, still):
    times += walls
    watch = stopwatch.Stopwatch(Made(*looks))
    for _ in looks:
        watch.look()
    assert (watch.computed, watch.still) == (pytest.approx(computed), pytest.approx(still))


def waited(looks, done_after=None, **limits):
    async def wait():
        future = asyncio.get_running_loop().create_future()
        if done_after is not None:
            asyncio.get_running_loop().call_later(done_after, future.set_result, None)
        watch = stopwatch.Stopwatch(Made(*looks))
        return await watch.wait({future}, **limits), watch

    return asyncio.run(wait())


def test_waiting_ends_with_the_future_or_at_a_limit(times, monkeypatch):
    monkeypatch.setattr(stopwatch, "PERIOD", 0.01)
    monkeypatch.setattr(stopwatch, "SHORTEST", 0.01)
    times += range(1000)
    assert waited([(float(number), True) for number in range(900)], done_after=0.1)[0]
    assert not waited([(float(number), True) for number in range(900)], computed=3)[0]
    ended, watch = waited([(0.0, False)] * 900, computed=3, still=5)
    assert not ended and watch.still == 6.0
