"""Stored longer runs say where they come from; a bad file is one sentence."""

import json
import os
import sys

import pytest
from conftest import REPOSITORY

from cnnlab import runs
from cnnlab.datasets import DataError

STORED = sorted(path.stem for path in (REPOSITORY / "data" / "runs").glob("*.json"))


@pytest.mark.parametrize("assignment", STORED)
def test_a_stored_run_names_its_script_machine_and_versions(assignment, capsys):
    stored = json.loads((REPOSITORY / "data" / "runs" / f"{assignment}.json").read_text(encoding="utf-8"))
    assert runs.load(assignment) == stored["results"] != {}
    line = capsys.readouterr().out
    assert line.startswith("Measured on 20") and line.count("\n") == 1
    for word in (stored["machine"], "TensorFlow", "minutes", "CPU cores"):
        assert word in line
    assert stored["made by"] == f"tools/longer_run.py {assignment}"
    assert (REPOSITORY / "solutions" / assignment).is_dir()


@pytest.mark.parametrize("content, sentence", [
    (None, "runs/x.json is not in .*CNNLAB_DATA"), *((content, f"x.json cannot be read .{kind}.*git checkout") for content, kind in [
        ("{", "JSONDecodeError"), ("{}", "KeyError"), ("", "JSONDecodeError")])])
def test_a_missing_or_damaged_run_is_one_sentence(tmp_path, monkeypatch, content, sentence):
    monkeypatch.setenv("CNNLAB_DATA", str(tmp_path))
    (tmp_path / "runs").mkdir()
    if content is not None:
        (tmp_path / "runs" / "x.json").write_text(content)
    with pytest.raises(DataError, match=sentence) as info:
        runs.load("x")
    assert "\n" not in str(info.value)


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="only Linux can keep a process on a core")
def test_one_core_is_for_every_thread_and_ends():
    before = os.sched_getaffinity(0)
    with pytest.raises(ZeroDivisionError), runs.one_core():
        tasks = [int(task) for task in os.listdir("/proc/self/task")]
        assert {frozenset(os.sched_getaffinity(task)) for task in tasks} == {frozenset({min(before)})}
        raise ZeroDivisionError
    assert os.sched_getaffinity(0) == before
