"""What every picture has: a PNG, its alternative text, colours that survive."""

import base64
import importlib
import inspect
import pkgutil
import re

import matplotlib.colors
import matplotlib.pyplot as plt
import numpy as np
import pytest

from cnnlab import figures
from cnnlab.figures import diagnosis, residual, style, transfer, vgg


def test_show_puts_a_png_with_its_text_into_the_notebook(monkeypatch):
    shown = []
    monkeypatch.setattr(style, "display", lambda data, **options: shown.append((data, options)))
    figure, axes = plt.subplots()
    axes.plot([1, 2, 3])
    before = plt.get_fignums()
    style.show(figure, alt="A rising line.")
    ((data, options),) = shown
    assert base64.b64decode(data["image/png"]).startswith(b"\x89PNG")
    assert data["text/plain"] == "Picture: A rising line."
    assert options == {"metadata": {"image/png": {"alt": "A rising line."}}, "raw": True}
    assert figure.number in before and figure.number not in plt.get_fignums()


def test_neighbouring_lines_differ_in_lightness():
    def lightness(colour):
        red, green, blue = matplotlib.colors.to_rgb(colour)
        return 0.2126 * red + 0.7152 * green + 0.0722 * blue

    for first, second in zip(style.LINES, style.LINES[1:], strict=False):
        assert abs(lightness(first) - lightness(second)) > 0.1


def test_a_heatmap_has_axes_in_pixels():
    figure, axes = plt.subplots()
    style.heatmap(axes, [[0, 1], [1, 0]], "Title")
    assert axes.get_title() == "Title"
    assert axes.get_xlabel() == "column [pixels]" and axes.get_ylabel() == "row [pixels]"
    plt.close(figure)


def drawing_functions() -> list:
    """Every function of a figures module that puts a picture into the notebook."""
    modules = [importlib.import_module(f"cnnlab.figures.{module.name}") for module in pkgutil.iter_modules(figures.__path__)]
    return [function for module in modules for name, function in vars(module).items()
            if inspect.isfunction(function) and function.__module__ == module.__name__
            and "style.show(" in inspect.getsource(function)]


@pytest.mark.parametrize("function", drawing_functions(), ids=lambda function: f"{function.__module__}.{function.__name__}")
def test_while_a_class_is_graded_nothing_is_drawn(function, monkeypatch, capsys):
    monkeypatch.setenv("CNNLAB_PICTURES", "0")
    assert function() is None  # its arguments are not looked at
    assert capsys.readouterr().out == "A picture of the course is not drawn while grading.\n"
    assert plt.get_fignums() == []


def test_the_gain_and_the_depth_of_a_random_network_say_what_is_left_of_its_activations():
    with style.captured() as pictures:
        diagnosis.gain_and_depth(1.0, 20)
        diagnosis.gain_and_depth(2.0, 5)
    small, large = (data["text/plain"].removeprefix("Picture: ") for data, _ in pictures)
    assert small.startswith("With a gain of 1.00, each layer multiplies the standard deviation of the activations by about 0.71")
    assert large.startswith("With a gain of 2.00, each layer multiplies the standard deviation of the activations by about 1.41")
    assert "after layer 20" in small and "He's gain, √2" in small


def test_the_evidence_for_a_class_says_where_it_is_strongest():
    heats = np.zeros((2, 4, 4))
    heats[0, 0, 3] = 1
    photograph, names = np.full((32, 32, 3), 90, "uint8"), ("ship", "truck")
    with style.captured() as pictures:
        for chosen in (0, 1):
            transfer.evidence(photograph, np.array([0.75, 0.25]), heats, names, chosen)
    ship, truck = (data["text/plain"].removeprefix("Picture: ") for data, _ in pictures)
    assert ship.startswith("The evidence for ship is strongest at the top right") and "75.0%" in ship
    assert truck.startswith("Nothing in the photograph speaks for truck") and "25.0%" in truck


def test_the_gradient_in_two_random_networks_says_what_shortcuts_change():
    with style.captured() as pictures:
        residual.gain_and_depth(0.7, 30)
        residual.gain_and_depth(1.5, 50)
    small, large = (data["text/plain"].removeprefix("Picture: ") for data, _ in pictures)
    start = "With a gain of {} layers, shortcuts make the gradient of the first layer"
    assert small.startswith(start.format("0.70 and 30")) and large.startswith(start.format("1.50 and 50"))
    first, last = re.search(r"without shortcuts, (\S+) at the first layer and (\S+) at the last", small).groups()
    assert float(first) < 1e-4 and float(last) < 1e-4, "the gradient vanishes in the whole network"
    first, last = re.search(r"; with shortcuts, (\S+) at the first layer and (\S+) at the last", small).groups()
    assert 1 < float(first) < 30 and 1 < float(last) < 30
    assert float(re.search(r"; with shortcuts, (\S+) at the first", large)[1]) > 1e6, "a shortcut does not stop an explosion"


def test_the_gradients_of_the_random_networks_are_those_of_tensorflow(tf):
    norms = residual._random_norms(0.9, 4, True)
    draw = np.random.default_rng(1)
    x = np.maximum(draw.normal(size=(64, residual.UNITS)), 0)
    back = draw.normal(size=(64, residual.UNITS)) / np.sqrt(64 * residual.UNITS)
    drawn = draw.normal(0, 0.9 * np.sqrt(2 / residual.UNITS), (4, residual.UNITS, residual.UNITS))
    kernels = [tf.Variable(kernel) for kernel in drawn]
    with tf.GradientTape() as tape:
        for first, second in (kernels[:2], kernels[2:]):
            x = tf.nn.relu(tf.nn.relu(x @ first) @ second + x)
        loss = tf.reduce_sum(x * back)
    assert norms == pytest.approx([np.linalg.norm(one) for one in tape.gradient(loss, kernels)])


@pytest.mark.parametrize("rate, first_input, message", [
    (0.05, 3, "the loss falls from 40 to"),
    (0.12, 3, "the loss explodes, from 40 to"),
    (0.04, 5, "the steps go back and forth for ever, and the loss stays at 100"),
    (1.1, 5, "the loss explodes, from 104 to"),
])
def test_the_descent_in_a_bowl_says_whether_the_loss_falls_or_explodes(rate, first_input, message):
    with style.captured() as pictures:
        vgg.descent(rate, first_input, 20)
    text = pictures[0][0]["text/plain"].removeprefix("Picture: ")
    assert text.startswith(f"At a learning rate of {rate:g}, {message}")
    assert f"by {1 - 2 * rate * first_input**2:.2f} for w" in text and f"by {1 - 2 * rate:.2f} for v" in text
