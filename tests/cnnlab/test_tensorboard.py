"""Log folders, what is in them, and when TensorBoard is opened."""

import sys

import pytest

from cnnlab import tensorboard


@pytest.fixture
def work(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_a_new_folder_is_empty(work):
    (work / "logs" / "run").mkdir(parents=True)
    (work / "logs" / "run" / "old").write_text("x")
    assert tensorboard.new_folder("logs/run") == "logs/run"
    assert list((work / "logs" / "run").iterdir()) == []


@pytest.mark.parametrize("folder", ["logs", ".", "..", "logs/../notes", "/tmp"])
def test_nothing_but_logs_is_ever_emptied(work, folder):
    (work / "notes").mkdir()
    with pytest.raises(ValueError, match="should lie below logs/"):
        tensorboard.new_folder(folder)
    assert (work / "notes").exists()


def test_scalars_are_read_back_in_their_order(work):
    import tensorflow as tf

    writer = tf.summary.create_file_writer("logs/run/train")
    with writer.as_default():
        for step, value in enumerate([3.0, 2.0, 1.5]):
            tf.summary.scalar("epoch_loss", value, step)
    writer.close()
    assert tensorboard.scalars("logs/run") == {("train", "epoch_loss"): [3.0, 2.0, 1.5]}
    ((run, size),) = tensorboard.event_files("logs/run")
    assert run == "train" and size > 100


def browser(monkeypatch, **environment) -> bool:
    for name in ("CNNLAB_HEADLESS", "CNNLAB_BUDGET", "JPY_SESSION_NAME", "VSCODE_PID"):
        monkeypatch.delenv(name, raising=False)
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    return tensorboard.has_browser()


def test_when_somebody_looks_on(monkeypatch):
    assert not browser(monkeypatch)
    assert browser(monkeypatch, JPY_SESSION_NAME="notebook.ipynb")
    assert not browser(monkeypatch, JPY_SESSION_NAME="notebook.ipynb", CNNLAB_HEADLESS="1")
    assert not browser(monkeypatch, JPY_SESSION_NAME="notebook.ipynb", CNNLAB_BUDGET="grading")
    monkeypatch.setitem(sys.modules, "google.colab", sys)
    assert browser(monkeypatch)


def test_without_a_browser_one_line_says_so(monkeypatch, capsys):
    monkeypatch.setenv("CNNLAB_HEADLESS", "1")
    tensorboard.show("logs/run")
    assert capsys.readouterr().out == (
        "No browser here, so TensorBoard is not opened. Elsewhere: tensorboard --logdir logs/run\n")


def test_with_a_browser_the_magic_is_run(monkeypatch):
    magics = []

    class Shell:
        def run_line_magic(self, name, line):
            magics.append((name, line))

    monkeypatch.setattr("IPython.get_ipython", Shell)
    monkeypatch.setattr(tensorboard, "has_browser", lambda: True)
    tensorboard.show("logs/run")
    assert magics == [("reload_ext", "tensorboard"), ("tensorboard", "--logdir logs/run")]
