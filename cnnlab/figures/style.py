"""How every picture looks, and how it reaches the notebook with its alternative text."""

from __future__ import annotations

import base64
import functools
import io
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import matplotlib.pyplot as plt
import numpy as np
from IPython.display import display
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.image import AxesImage

# Okabe and Ito's colours, distinguishable for colour-blind readers, ordered so that neighbours
# also differ in lightness when printed in grey. https://jfly.uni-koeln.de/color/
BLUE, ORANGE, GREEN, VERMILION, SKY, PURPLE, BLACK = (
    "#0072B2", "#E69F00", "#009E73", "#D55E00", "#56B4E9", "#CC79A7", "#000000",
)
LINES = (BLUE, ORANGE, BLACK, SKY, VERMILION)
# Line styles and markers in addition to the colours: a curve can be recognised without its colour.
DASHES = ("-", "--", "-.", ":", (0, (5, 1)))
MARKERS = ("o", "s", "^", "D", "v")
SEQUENTIAL = "cividis"  # light to dark at an even pace
DIVERGING = "PuOr"      # for signed values, zero in white

_captured: list[list[tuple[dict, dict]]] = []  # see `captured`


def picture(draw: Callable[..., None]) -> Callable[..., None]:
    """Mark a function that draws: with CNNLAB_PICTURES=0 it says so and draws nothing.

    While a class is graded pictures are not looked at, and they take longer than most tests.
    """

    @functools.wraps(draw)
    def drawn(*arguments: Any, **options: Any) -> None:
        if os.environ.get("CNNLAB_PICTURES") == "0":
            print("A picture of the course is not drawn while grading.")
        else:
            draw(*arguments, **options)

    return drawn


def show(figure: Figure, alt: str) -> None:
    """Put a figure into the notebook as a PNG that carries `alt` for those who cannot see it.

    The text is stored with the image (nbconvert writes it into the page) and as the
    plain-text form of the output, which a terminal or a screen reader shows.
    """
    buffer = io.BytesIO()
    figure.savefig(buffer, format="png", dpi=100, bbox_inches="tight")
    plt.close(figure)
    data = {"image/png": base64.b64encode(buffer.getvalue()).decode(), "text/plain": f"Picture: {alt}"}
    metadata = {"image/png": {"alt": alt}}
    if _captured:
        _captured[-1].append((data, metadata))
    else:
        display(data, metadata=metadata, raw=True)


@contextmanager
def captured() -> Iterator[list[tuple[dict, dict]]]:
    """Collect the pictures that are shown meanwhile, each as data and metadata, instead of showing them."""
    _captured.append([])
    try:
        yield _captured[-1]
    finally:
        _captured.pop()


def heatmap(axes: Axes, values: np.ndarray, title: str, cmap: str = "gray", **options: Any) -> AxesImage:
    """Draw a 2-D array as an image with pixel axes; returns matplotlib's image."""
    image = axes.imshow(values, cmap=cmap, interpolation="nearest", **options)
    axes.set(title=title, xlabel="column [pixels]", ylabel="row [pixels]")
    return image
