"""The pictures of the assignment on convolution arithmetic."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import pairwise
from typing import NamedTuple

import matplotlib.pyplot as plt
import numpy as np
from matplotlib.axes import Axes
from matplotlib.patches import Polygon, Rectangle

from cnnlab.figures import style


class Windows(NamedTuple):
    """One row of numbers and the windows that a kernel reads from it.

    Attributes
    ----------
    title : str
        what the example shows.
    size, kernel, outputs : int
        how many numbers the input, the kernel and the output have.
    before, after : int
        zeros added on the left and on the right.
    stride, dilation : int
        step from one window to the next; step from one number inside a window to the next.
    """

    title: str
    size: int
    kernel: int
    outputs: int
    before: int = 0
    after: int = 0
    stride: int = 1
    dilation: int = 1


@style.picture
def sliding(image: np.ndarray, kernel: np.ndarray, output: np.ndarray, places: Sequence) -> None:
    """A kernel over a grid of numbers at some places, and the output as far as it is known then.

    Parameters
    ----------
    image, kernel, output
        2-D arrays of whole numbers.
    places
        (row, column) of each output that gets a panel, in the order in which they are computed.
    """
    figure, axes = plt.subplots(
        2, len(places), figsize=(3.4 * len(places), 5.6), layout="constrained",
        height_ratios=(image.shape[0], output.shape[0]),
    )
    for (upper, lower), (row, column) in zip(axes.T, places, strict=True):
        _numbers(upper, image, f"Input, window at row {row}, column {column}")
        upper.add_patch(Rectangle(
            (column - 0.5, row - 0.5), kernel.shape[1], kernel.shape[0],
            facecolor="none", edgecolor=style.VERMILION, linewidth=3,
        ))
        for (i, j), weight in np.ndenumerate(kernel):
            upper.text(column + j + 0.42, row + i + 0.42, f"×{_signed(weight)}", fontsize=8,
                       ha="right", va="bottom", color=style.VERMILION)
        known = np.arange(output.size).reshape(output.shape) <= row * output.shape[1] + column
        _numbers(lower, np.where(known, output, 0), "Output so far", known)
        lower.add_patch(Rectangle(
            (column - 0.5, row - 0.5), 1, 1, facecolor="none", edgecolor=style.VERMILION,
            linewidth=3,
        ))
    figure.suptitle("A 3×3 kernel slides over an image: multiply, add up, move on")
    values = ", ".join(f"{output[place]} at row {place[0]}, column {place[1]}" for place in places)
    style.show(figure, alt=(
        f"A {_by(kernel)} kernel slides over a {_by(image)} grid of numbers. A frame marks the "
        f"numbers under the kernel, and the sum of the products fills the {_by(output)} output "
        f"one cell at a time: {values}."
    ))


@style.picture
def windows(examples: Sequence[Windows]) -> None:
    """For each example the input row with its zeros, and below it every window of the kernel."""
    figure, axes = plt.subplots(
        1, len(examples), figsize=(3.4 * len(examples), 3.6), layout="constrained", squeeze=False
    )
    rows = max(example.outputs for example in examples)
    for axis, example in zip(axes[0], examples, strict=True):
        _windows(axis, example)
        axis.set_ylim(rows + 0.9, -0.7)
    figure.suptitle("Top row: the input, zeros hatched. Below: what each output reads of it")
    style.show(figure, alt="Windows of a kernel over a row of numbers. " + " ".join(
        f"{e.title.split(chr(10))[0]}: {e.size} inputs, zeros before: {e.before}, "
        f"zeros after: {e.after}, {e.outputs} outputs." for e in examples
    ))


@style.picture
def row(size: int, kernel: int, stride: int = 1, padding: int = 0, dilation: int = 1) -> None:
    """One row of numbers, its zeros, and every window of the kernel; the number of outputs is in the title.

    Raises
    ------
    ValueError
        if the kernel does not fit.
    """
    spanned, padded = dilation * (kernel - 1) + 1, size + 2 * padding
    if spanned > padded:
        raise ValueError(f"The kernel spans {spanned} numbers and does not fit into a row of {padded}.")
    outputs = (padded - spanned) // stride + 1
    figure, axis = plt.subplots(figsize=(8.5, 4.2), layout="constrained")
    _windows(axis, Windows(
        f"kernel {kernel}, stride {stride}, padding {padding}, dilation {dilation}: {outputs} outputs",
        size, kernel, outputs, padding, padding, stride, dilation))
    axis.set_ylim(outputs + 0.9, -0.7)
    style.show(figure, alt=(
        f"{outputs} outputs. A kernel of {kernel} numbers with stride {stride} and dilation {dilation} over a row of "
        f"{size} numbers with {padding} zeros on each side."
    ))


@style.picture
def kernel_at_work(photograph: np.ndarray, kernel: np.ndarray) -> None:
    """A photograph in grey, a kernel, and what the kernel makes of the photograph, zero in white.

    Parameters
    ----------
    photograph
        uint8 of shape (height, width, 3).
    kernel
        2-D array of numbers.
    """
    grey = photograph.mean(axis=2) / 255
    windows = np.lib.stride_tricks.sliding_window_view(grey, kernel.shape)
    response = np.einsum("ijkl,kl->ij", windows, kernel)
    figure, axes = plt.subplots(1, 3, figsize=(10.5, 3.6), layout="constrained", width_ratios=(3, 2, 3))
    style.heatmap(axes[0], grey, "Photograph, in grey", vmin=0, vmax=1)
    _numbers(axes[1], kernel, "Kernel")
    limit = max(float(np.abs(response).max()), 1e-6)
    image = style.heatmap(axes[2], response, "Response", style.DIVERGING, vmin=-limit, vmax=limit)
    figure.colorbar(image, ax=axes[2], label="sum of the products", shrink=0.8)
    style.show(figure, alt=(
        f"The response of a {_by(kernel)} kernel to a photograph lies between {_signed(round(response.min(), 2))} and "
        f"{_signed(round(response.max(), 2))}. Rows of the kernel: "
        + "; ".join(", ".join(map(_signed, row)) for row in kernel) + "."
    ))


@style.picture
def filtered(photograph: np.ndarray, maps: Mapping[str, np.ndarray]) -> None:
    """A photograph beside signed feature maps of it, all maps on one scale with zero in white.

    Parameters
    ----------
    photograph
        uint8 of shape (height, width, 3).
    maps
        a title, and a feature map of shape (height, width).
    """
    figure, axes = plt.subplots(
        1, 1 + len(maps), figsize=(3.7 * (1 + len(maps)), 3.7), layout="constrained"
    )
    style.heatmap(axes[0], photograph, "Photograph")
    limit = max(float(np.abs(values).max()) for values in maps.values())
    for axis, (title, values) in zip(axes[1:], maps.items(), strict=True):
        image = style.heatmap(axis, values, title, style.DIVERGING, vmin=-limit, vmax=limit)
    figure.colorbar(image, ax=axes[-1], label="response [brightness difference]", shrink=0.8)
    style.show(figure, alt=(
        "A colour photograph and what edge filters make of it: " + ", ".join(maps)
        + ". Flat areas are white; edges show in one of two colours, by the direction of the step."
    ))


@style.picture
def pooling(numbers: np.ndarray, maximum: np.ndarray, average: np.ndarray) -> None:
    """A grid of numbers in windows of 2×2, and the maximum and the average of each window."""
    figure, axes = plt.subplots(
        1, 3, figsize=(8.5, 3.6), layout="constrained", width_ratios=(4, 2.4, 2.4)
    )
    titles = ("Feature map, windows of 2×2", "Maximum", "Average")
    for axis, values, title in zip(axes, (numbers, maximum, average), titles, strict=True):
        _numbers(axis, values, title)
        side = len(values) // 2
        for i, j in np.ndindex(2, 2):
            axis.add_patch(Rectangle(
                (j * side - 0.5, i * side - 0.5), side, side, edgecolor=style.BLACK, linewidth=2.5,
                facecolor=(style.SKY if i == j else style.ORANGE) + "50",
            ))
    style.show(figure, alt=(
        f"A 4 by 4 grid of numbers in four windows of 2 by 2. Their maxima are "
        f"{', '.join(map(_signed, maximum.flat))}; their averages are "
        f"{', '.join(map(_signed, average.flat))}."
    ))


@style.picture
def pooled(images: Mapping[str, np.ndarray]) -> None:
    """Colour images side by side, each with its size below the title."""
    figure, axes = plt.subplots(
        1, len(images), figsize=(3.3 * len(images), 3.6), layout="constrained"
    )
    for axis, (title, image) in zip(axes, images.items(), strict=True):
        style.heatmap(axis, image, f"{title}\n{image.shape[0]}×{image.shape[1]} pixels")
        axis.set(xticks=range(0, image.shape[1], 4), yticks=range(0, image.shape[0], 4))
    style.show(figure, alt="One photograph, as it is and pooled: " + ", ".join(
        f"{title} ({image.shape[0]} by {image.shape[1]} pixels)" for title, image in images.items()
    ) + ". Maximum pooling is brighter than average pooling, which looks blurred.")


@style.picture
def explosion(sizes: Sequence[int], convolution: Sequence[int], dense: Sequence[int]) -> None:
    """Parameters of both layers against the side of a square image, on a logarithmic axis."""
    figure, axis = plt.subplots(figsize=(6.5, 4), layout="constrained")
    curves = (("dense layer", dense), ("3×3 convolution", convolution))
    for (name, counts), colour, dash, marker, above in zip(
        curves, (style.VERMILION, style.BLUE), style.DASHES, style.MARKERS, (-22, 10), strict=False
    ):
        axis.plot(sizes, counts, dash, color=colour, marker=marker, label=name)
        axis.annotate(f"{counts[-1]:,}", (sizes[-1], counts[-1]), ha="right", xytext=(0, above),
                      textcoords="offset points", color=colour)
    axis.set(title="The same output: the dense layer explodes, the convolution does not grow",
             xlabel="image height and width [pixels]", ylabel="parameters", yscale="log",
             xticks=sizes)
    axis.tick_params(axis="x", labelsize=8)
    axis.legend(loc="center")
    axis.grid(alpha=0.3)
    style.show(figure, alt=(
        f"Parameters against image size from {sizes[0]} to {sizes[-1]} pixels, logarithmic axis. "
        f"The dense layer rises from {dense[0]:,} to {dense[-1]:,}; "
        f"the convolution stays at {convolution[-1]:,}."
    ))


# The stack of `backwards`, last layer first: name, centre of the first cell and distance between
# cells [input pixels], number of cells, and the first and last cell that the marked output sees.
STACK = (
    ("convolution 3,\nstride 1", 3.5, 2, 3, 1, 1),
    ("pool 2,\nstride 2", 1.5, 2, 5, 1, 3),
    ("convolution 3,\nstride 1", 1.0, 1, 10, 2, 7),
    ("input", 0.0, 1, 12, 2, 9),
)


@style.picture
def backwards() -> None:
    """The receptive field of one output, traced back through the three layers of `STACK`."""
    figure, axis = plt.subplots(figsize=(8.5, 4.4), layout="constrained")
    spans = []
    for level, (name, first, distance, cells, low, high) in enumerate(STACK):
        height = -1.5 * level
        for cell in range(cells):
            seen = low <= cell <= high
            axis.add_patch(Rectangle(
                (first + distance * cell - 0.42, height - 0.3), 0.84, 0.6, zorder=2,
                facecolor=style.ORANGE if seen else "white", edgecolor=style.BLACK,
            ))
        left, right = first + distance * low - 0.5, first + distance * high + 0.5
        spans.append((left, right, height))
        count = high - low + 1
        axis.text(-0.9, height, name, ha="right", va="center")
        axis.text(12.0, height, f"{count} cell{'s'[: count > 1]}", va="center", weight="bold")
    for (left, right, height), (low_left, low_right, low_height) in pairwise(spans):
        axis.add_patch(Polygon(
            [(left, height - 0.3), (right, height - 0.3), (low_right, low_height + 0.3),
             (low_left, low_height + 0.3)], facecolor=style.ORANGE, alpha=0.25, zorder=1,
        ))
    axis.set(title="Backwards through a stack: one output sees 8 input pixels",
             xlabel="position along the input [pixels]", xlim=(-4.2, 14), ylim=(-5.1, 0.6),
             xticks=range(12), yticks=[])
    axis.spines[["left", "right", "top"]].set_visible(False)
    style.show(figure, alt=(
        "Four rows of cells, the last layer on top. One output cell is marked; below it 3 cells "
        "of the pooling layer, 6 cells of the first convolution and 8 cells of the input, which "
        "are its receptive field."
    ))


@style.picture
def growth(networks: Mapping[str, Sequence[int]], input_size: int) -> None:
    """Receptive field after each layer of some networks, and the size of their input image."""
    figure, axis = plt.subplots(figsize=(7.5, 4.2), layout="constrained")
    for (name, fields), colour, dash, marker in zip(
        networks.items(), style.LINES, style.DASHES, style.MARKERS, strict=False
    ):
        axis.plot(range(1, len(fields) + 1), fields, dash, color=colour, marker=marker,
                  label=f"{name}, last layer {fields[-1]}")
    axis.axhline(input_size, color="grey", linestyle=":")
    axis.text(1, input_size - 4, f"the whole image, {input_size} pixels", va="top", color="0.3")
    longest = max(len(fields) for fields in networks.values())
    axis.set(title="The receptive field grows with every layer, and faster after a stride",
             xlabel="layer (convolutions and pools)", ylabel="receptive field [pixels]",
             xticks=range(1, longest + 1))
    axis.legend(loc="lower right")
    axis.grid(alpha=0.3)
    style.show(figure, alt="Receptive field against layer. " + " ".join(
        f"{name}: {', '.join(map(str, fields))} pixels." for name, fields in networks.items()
    ) + f" A dotted line marks the image at {input_size} pixels.")


def _numbers(axis: Axes, values: np.ndarray, title: str, known: np.ndarray | None = None) -> None:
    """A grid of whole numbers; a cell that is not known yet stays empty and grey."""
    known = np.ones(values.shape, bool) if known is None else known
    for (i, j), value in np.ndenumerate(values):
        axis.add_patch(Rectangle((j - 0.5, i - 0.5), 1, 1, edgecolor="0.6",
                                 facecolor="white" if known[i, j] else "0.9"))
        if known[i, j]:
            axis.text(j, i, _signed(value), ha="center", va="center", fontsize=12)
    axis.set(title=title, xlabel="column", ylabel="row", aspect="equal",
             xlim=(-0.55, values.shape[1] - 0.45), ylim=(values.shape[0] - 0.45, -0.55),
             xticks=range(values.shape[1]), yticks=range(values.shape[0]))
    axis.title.set_fontsize(10)


def _windows(axis: Axes, example: Windows) -> None:
    """One panel of `windows`."""
    length = example.before + example.size + example.after
    for cell in range(length):
        padded = not example.before <= cell < example.before + example.size
        x = cell - example.before
        axis.add_patch(Rectangle((x - 0.5, -0.5), 1, 1, edgecolor=style.BLACK,
                                 facecolor="0.85" if padded else "white",
                                 hatch="///" if padded else None))
        if not padded:
            axis.text(x, 0, str(x), ha="center", va="center")
    for output in range(example.outputs):
        start = output * example.stride - example.before
        reads = [start + example.dilation * k for k in range(example.kernel)]
        axis.plot((reads[0], reads[-1]), (output + 1.2,) * 2, color=style.BLUE, linewidth=1)
        axis.plot(reads, [output + 1.2] * len(reads), "s", color=style.BLUE, markersize=9)
    axis.set(title=example.title, xlabel="position in the input", ylabel="output",
             xlim=(-example.before - 0.6, example.size + example.after - 0.4),
             yticks=np.arange(example.outputs) + 1.2,
             yticklabels=range(example.outputs), xticks=range(0, example.size, 2))
    axis.title.set_fontsize(10)


def _signed(value: float) -> str:
    """A number with a true minus sign."""
    return f"{value:g}".replace("-", "−")


def _by(values: np.ndarray) -> str:
    return f"{values.shape[0]} by {values.shape[1]}"
