"""A picture with sliders: alone where nobody can move them, and drawn again where somebody does."""

import time

import matplotlib.pyplot as plt
import numpy as np
import pytest
from jupyter_client.manager import start_new_kernel

from cnnlab import sliders
from cnnlab.figures import convolution, style

ROW = {"size": sliders.Slider("numbers", 3, 14, 9), "kernel": sliders.Slider("kernel", 1, 12, 3)}
CODE = """
import numpy as np
from cnnlab import sliders
from cnnlab.figures import convolution

sliders.explore(
    convolution.row, size=sliders.Slider("numbers", 3, 14, 9), kernel=sliders.Slider("kernel", 1, 12, 3),
    stride=sliders.Choice("stride", [("one", 1), ("two", 2)]))
sliders.explore(
    lambda kernel: convolution.kernel_at_work(np.zeros((8, 8, 3), "uint8"), kernel),
    kernel=sliders.Grid("Kernel", np.array([[1, 0], [0, -1]])))
"""


@pytest.fixture
def shown(monkeypatch):
    """What is displayed outside a kernel."""
    found = []
    monkeypatch.setattr(sliders, "display", lambda data, metadata=None, raw=False: found.append((data, metadata)))
    return found


def test_without_a_front_end_the_picture_stands_alone(shown):
    sliders.explore(convolution.row, **ROW)
    ((data, metadata),) = shown
    assert data["text/plain"].startswith("Picture: 7 outputs.") and data["image/png"] and metadata["image/png"]["alt"]


def test_without_pictures_nothing_is_drawn(shown, monkeypatch, capsys):
    monkeypatch.setenv("CNNLAB_PICTURES", "0")
    sliders.explore(convolution.row, **ROW)
    assert not shown and "not drawn" in capsys.readouterr().out


def test_what_cannot_be_drawn_is_a_sentence_in_its_place(shown):
    sliders.explore(convolution.row, size=sliders.Slider("numbers", 3, 14, 4), kernel=sliders.Slider("kernel", 1, 9, 5))
    assert shown == [({"text/plain": "The kernel spans 5 numbers and does not fit into a row of 4."}, {})]


def test_captured_pictures_are_not_shown(monkeypatch):
    monkeypatch.setattr(style, "display", lambda *_, **__: pytest.fail("shown"))
    with style.captured() as pictures:
        style.show(plt.figure(), alt="one")
    assert [data["text/plain"] for data, _ in pictures] == ["Picture: one"]


@pytest.fixture(scope="module")
def kernel():
    """A kernel in which somebody could move the sliders, and the messages of a cell with two pictures."""
    with pytest.MonkeyPatch.context() as patch:
        for name in ("CNNLAB_HEADLESS", "CNNLAB_PICTURES", "NBGRADER_EXECUTION"):
            patch.delenv(name, raising=False)
        manager, client = start_new_kernel()
    try:
        client.execute(CODE)
        messages = []
        while not messages or messages[-1]["content"].get("execution_state") != "idle":
            messages.append(client.get_iopub_msg(timeout=60))
        yield client, messages
    finally:
        client.stop_channels()
        manager.shutdown_kernel(now=True)


def model(messages, **state) -> str:
    """The id of the widget whose state holds these values."""
    opened = [message["content"] for message in messages if message["msg_type"] == "comm_open"]
    (found,) = [one["comm_id"] for one in opened if state.items() <= one["data"]["state"].items()]
    return found


def moved(client, widget: str, **state) -> dict:
    """The picture after somebody has moved a widget."""
    content = {"comm_id": widget, "data": {"method": "update", "state": state, "buffer_paths": []}}
    client.shell_channel.send(client.session.msg("comm_msg", content))
    until = time.monotonic() + 60
    while time.monotonic() < until:
        message = client.get_iopub_msg(timeout=60)
        if message["msg_type"] == "update_display_data":
            return message["content"]
    raise AssertionError("nothing was drawn")


@pytest.mark.kernel
def test_with_a_front_end_sliders_stand_above_the_picture(kernel):
    _, messages = kernel
    assert not [message for message in messages if message["msg_type"] == "error"]
    views, first, *_ = [message["content"] for message in messages if message["msg_type"] == "display_data"]
    assert sliders.VIEW in views["data"] and views["data"]["text/plain"] == sliders.STILL
    assert first["data"]["text/plain"].startswith("Picture: 7 outputs.")


@pytest.mark.kernel
def test_a_moved_slider_draws_its_picture_again(kernel):
    client, messages = kernel
    pictures = [message["content"] for message in messages if "image/png" in message["content"].get("data", {})]
    content = moved(client, model(messages, description="kernel"), value=5)
    assert content["data"]["text/plain"].startswith("Picture: 5 outputs.")
    assert content["transient"] == pictures[0]["transient"], "the same picture"
    content = moved(client, model(messages, description="stride"), index=1)
    assert content["data"]["text/plain"].startswith("Picture: 3 outputs. A kernel of 5 numbers with stride 2")
    content = moved(client, model(messages, description="kernel"), value=12)
    assert content["data"] == {"text/plain": "The kernel spans 12 numbers and does not fit into a row of 9."}


@pytest.mark.kernel
def test_a_number_of_a_grid_draws_its_picture_again(kernel):
    client, messages = kernel
    content = moved(client, model(messages, tooltip="Kernel, row 1, column 0"), value=7)
    assert content["data"]["text/plain"].endswith("Rows of the kernel: 1, 0; 7, −1.")


@pytest.mark.parametrize("numbers, kind", [((1, 5, 3, 1), "Int"), ((0.0, 2.0, 1.0, 0.25), "Float")])
def test_a_slider_is_whole_where_its_numbers_are(numbers, kind):
    low, high, value, step = numbers
    widget = sliders.Slider("x", low, high, value, step).widget()
    assert type(widget).__name__ == f"{kind}Slider" and widget.value == value and widget.step == step


def test_the_first_choice_comes_first():
    assert sliders.Choice("x", ["a", "b"]).value == "a" and sliders.Choice("x", [("one", 1), ("two", 2)]).value == 1
    assert np.asarray(sliders.Grid("x", np.eye(2)).value).shape == (2, 2)
