"""What every picture has: a PNG, its alternative text, colours that survive."""

import base64
import importlib
import inspect
import pkgutil

import matplotlib.colors
import matplotlib.pyplot as plt
import pytest

from cnnlab import figures
from cnnlab.figures import style


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
