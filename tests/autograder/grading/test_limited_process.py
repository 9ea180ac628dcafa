"""Calls in a limited process: what they return, and how each way of ending is reported."""

import os
import pickle
import signal
import time

import pytest

from autograder.errors import Unreadable
from autograder.grading import intake, limited_process


@pytest.fixture(scope="module")
def place():
    made = limited_process.LimitedProcess(["autograder.grading.intake"])
    yield made
    made.close()


def test_a_call_returns_and_raises_as_it_does_here(place):
    assert place.call(divmod, 7, 3) == (2, 1)
    with pytest.raises(Unreadable, match="sums.ipynb is empty"):
        place.call(intake.read, b"", "sums.ipynb")
    with pytest.raises(ZeroDivisionError):
        place.call(divmod, 1, 0)


def test_one_process_makes_many_calls(place):
    assert place.call(os.getpid) == place.call(os.getpid) != os.getpid()


@pytest.mark.parametrize("function, arguments, said", [
    (bytes, (2 * limited_process.MEMORY,), "needed more than 1,000 MB of memory"),
    (os._exit, (5,), "crashed Python"),
    (signal.raise_signal, (signal.SIGSEGV,), "crashed Python .SIGSEGV."),
    (signal.raise_signal, (signal.SIGXCPU,), "took more than 20 s of processor time"),
])
def test_what_ends_the_process_is_a_sentence_and_the_next_call_has_another(place, function, arguments, said):
    before = place.call(os.getpid)
    with pytest.raises(limited_process.Exceeded, match=said):
        place.call(function, *arguments)
    assert place.call(os.getpid) != before


def test_what_cannot_be_sent_is_the_callers_error_and_the_process_stays(place):
    before = place.call(os.getpid)
    with pytest.raises((AttributeError, pickle.PicklingError)):
        place.call(str, b"x" * 100_000, lambda: None)
    assert place.call(os.getpid) == before


def test_the_answer_of_a_call_that_was_interrupted_is_nobody_elses(place):
    place.call(os.getpid)
    waited = signal.signal(signal.SIGALRM, signal.default_int_handler)
    signal.setitimer(signal.ITIMER_REAL, 0.3)
    try:
        with pytest.raises(KeyboardInterrupt):
            place.call(time.sleep, 3)
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, waited)
    assert place.call(divmod, 7, 3) == (2, 1)


def test_a_call_that_loops_is_ended_by_its_processor_time(monkeypatch, tmp_path):
    (tmp_path / "forever.py").write_text(
        "from autograder.grading import limited_process\nlimited_process.SECONDS = 1\nimport __main__\n__main__.SECONDS = 1\n"
        "def loop():\n    while True: pass\n")
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    monkeypatch.syspath_prepend(str(tmp_path))
    import forever

    place = limited_process.LimitedProcess(["forever"])
    assert place.call(len, "each call has its own time") == 26
    with pytest.raises(limited_process.Exceeded, match="of processor time"):
        place.call(forever.loop)
    place.close()


def test_a_process_that_has_grown_is_replaced(place):
    before = place.call(os.getpid)
    assert place.call(os.getpid) == before
    grown = place.call(bytes, limited_process.KEPT + 50_000_000)
    assert len(grown) > limited_process.KEPT and place.call(os.getpid) != before
