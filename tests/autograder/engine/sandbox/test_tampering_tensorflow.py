"""Attacks on what a test compares with when it compares TensorFlow's tensors, and on Keras."""

import nbformat
import pytest
from conftest import mark, submission
from nbformat.v4 import new_code_cell, new_notebook

from autograder import jobs
from autograder.grading import worker
from autograder.jobs import Limits

RIGHT = "def double(x):\n    return 2 * x\n"
WRONG = "def double(x):\n    return 0 * x\n"
ATTACKS = {
    "a function of TensorFlow": "tf.reduce_max = lambda *a, **k: tf.constant(0.0)",
    "its code": "tf.reduce_max.__wrapped__.__code__ = (lambda *a, **k: 0.0).__code__",
    "a module of TensorFlow": "tf.debugging.assert_near = lambda *a, **k: None",
    "an operator of all tensors": "tf.Tensor.__lt__ = lambda *a: True",
    "an operator of eager tensors": "type(tf.constant(0.0)).__lt__ = lambda *a: True",
    "what an eager tensor is in NumPy": "type(tf.constant(0.0)).numpy = lambda self: np.float32(0)",
    "frames by a tool of TensorFlow": "from tensorflow.python.util import tf_inspect\ndef double(x):\n"
                                      "    tf_inspect.stack()[-1].frame\n    return 0 * x\n",
    "the name": "class tf:\n    constant = abs = reduce_max = staticmethod(lambda x: 0)\n"
                "    class debugging: assert_near = staticmethod(lambda *a: None)",
}


def notebook() -> nbformat.NotebookNode:
    def test(name, source):
        return new_code_cell(source, id=name, metadata=mark(name, points=1, locked=True))

    made = new_notebook(cells=[
        new_code_cell("import numpy as np\nimport tensorflow as tf\n\nx = tf.constant([1.0, -2.0, 3.0])",
                      id="imports", metadata=mark("imports", locked=True)),
        new_code_cell(RIGHT, id="double", metadata=mark("double", solution=True)),
        test("test_reduced", "assert tf.reduce_max(tf.abs(double(x) - [2.0, -4.0, 6.0])) < 1e-6"),
        test("test_near", "tf.debugging.assert_near(double(x), [2.0, -4.0, 6.0])"),
        test("test_numpy", "assert np.allclose(double(tf.constant(4.0)).numpy(), 8)"),
    ])
    made.metadata.kernelspec = {"name": "python3", "display_name": "Python 3", "language": "python"}
    return made


@pytest.fixture(scope="module")
def scored():
    """Grades an answer with real kernels, forked from a parent that has imported TensorFlow."""
    version = notebook()
    setup = jobs.Setup({"tensors": nbformat.writes(version)}, Limits(cell_seconds=30, notebook_seconds=60))

    def grade(answer):
        content = nbformat.writes(submission(version, double=answer)).encode()
        return worker.grade_one(setup, jobs.Submission("mallory", "tensors", (("tensors.ipynb", content),))).scores

    yield grade
    worker.close_server()


@pytest.mark.parametrize("name", ATTACKS)
def test_no_points_without_a_flag(scored, name):
    rows = scored(WRONG + ATTACKS[name])
    assert all(row.score == 0 or row.flags for row in rows), rows
    assert name == "the name" or any("tampered" in row.flags for row in rows), rows  # a test has names of its own


def test_an_honest_answer_has_its_points_and_no_flag(scored):
    assert [(row.score, row.flags) for row in scored(RIGHT)] == [(1, ())] * 3
    assert [(row.score, row.flags) for row in scored(WRONG)] == [(0, ())] * 3
    keras = RIGHT + "import keras\nkeras.utils.set_random_seed(1)\nkeras.Sequential([keras.layers.Dense(1)])(x[:, None])\n"
    assert [(row.score, row.flags) for row in scored(keras)] == [(1, ())] * 3
