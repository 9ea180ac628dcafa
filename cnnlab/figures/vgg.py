"""The pictures of the assignment on VGG-16: receptive fields, where parameters sit, training."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import matplotlib.pyplot as plt
import numpy as np
from matplotlib.patches import Patch, Rectangle
from matplotlib.ticker import MaxNLocator

from cnnlab.figures import style

# A row of a layer table: name, output shape, parameters, multiplications of one image.
Row = tuple[str, tuple[int, ...], int, int]
KINDS = {"conv": ("convolution", style.BLUE), "pool": ("pooling", style.SKY), "fc": ("dense", style.ORANGE)}


@style.picture
def stacked(layers: int) -> None:
    """What a stack of 3×3 convolutions sees: in how many ways each pixel reaches one output.

    Parameters
    ----------
    layers
        how many of them, 1 to 4.
    """
    ways = np.ones(1, dtype=int)
    for _ in range(layers):
        ways = np.convolve(ways, np.ones(3, dtype=int))
    grid = np.pad(np.outer(ways, ways), 1)
    centre = len(grid) // 2
    figure, axis = plt.subplots(figsize=(6.4, 5.6), layout="constrained")
    image = style.heatmap(axis, grid, f"What {layers} layers of 3×3 see", "Blues")
    for (row, column), number in np.ndenumerate(grid):
        axis.text(column, row, number, ha="center", va="center", fontsize=9,
                  color="white" if number > 0.6 * grid.max() else "black")
    for layer, dash in zip(range(1, layers + 1), ("-", "--", ":", "-."), strict=False):
        side = 2 * layer + 1
        axis.add_patch(Rectangle(
            (centre - side / 2, centre - side / 2), side, side, facecolor="none",
            edgecolor=style.VERMILION, linewidth=2.5, linestyle=dash,
            label=f"{layer} layer{'s' if layer > 1 else ''}: {side}×{side}",
        ))
    axis.set(xticks=range(len(grid)), yticks=range(len(grid)))
    figure.legend(handles=axis.patches, loc="outside lower center", ncols=layers, fontsize=9)
    figure.colorbar(image, label="number of ways to the output in the centre", shrink=0.7)
    style.show(figure, alt=(
        f"{layers} layers of 3×3 see {2 * layers + 1}×{2 * layers + 1} pixels, the middle ones in the most ways. "
        "A grid of pixels with nested square frames, one for each number of layers; the numbers say in how many "
        f"ways a pixel reaches the output: {grid[centre, centre]} in the centre, 1 in the corners of the largest "
        "frame, 0 outside it."
    ))


@style.picture
def flow(rows: Sequence[Row], title: str) -> None:
    """How large the maps are and how many of them there are, layer by layer.

    Parameters
    ----------
    rows
        a layer table.
    """
    figure, (upper, lower) = plt.subplots(2, 1, figsize=(10.5, 5), layout="constrained", sharex=True)
    sides = [shape[0] if len(shape) == 3 else 1 for _, shape, _, _ in rows]
    channels = [shape[-1] for _, shape, _, _ in rows]
    colours = [KINDS[_kind(name)][1] for name, _, _, _ in rows]
    for axis, values in ((upper, sides), (lower, channels)):
        axis.bar(range(len(rows)), values, color=colours, edgecolor="black", linewidth=0.6)
        for place, value in enumerate(values):
            axis.text(place, value, value, ha="center", va="bottom", fontsize=8)
        axis.set_yscale("log", base=2)
        axis.set_ylim(0.8, 2.6 * max(values))
        axis.grid(axis="y", alpha=0.3)
    upper.set(title=title, ylabel="side of a map [pixels]")
    lower.set(xlabel="layer", ylabel="channels or units", xticks=range(len(rows)))
    lower.set_xticklabels([name for name, *_ in rows], rotation=60, ha="right")
    used = {_kind(name) for name, *_ in rows}
    upper.legend(handles=[Patch(facecolor=colour, edgecolor="black", label=label)
                          for kind, (label, colour) in KINDS.items() if kind in used], ncols=3, fontsize=9)
    style.show(figure, alt=(
        "Every pooling halves the side of the maps, while the number of channels grows. Two rows of bars on "
        "logarithmic scales, one bar per layer: "
    ) + "; ".join(f"{name} {'×'.join(map(str, shape))}" for name, shape, _, _ in rows) + ".")


@style.picture
def shares(rows: Sequence[Row]) -> None:
    """Parameters and multiplications of each layer with weights, side by side.

    Parameters
    ----------
    rows
        a layer table.
    """
    rows = [row for row in rows if row[2]]
    figure, axes = plt.subplots(1, 2, figsize=(10.5, 5), layout="constrained", sharey=True)
    for axis, numbers, unit, what in (
        (axes[0], [row[2] for row in rows], 1e6, "parameters [millions]"),
        (axes[1], [row[3] for row in rows], 1e9, "multiplications of one image [billions]"),
    ):
        values = [number / unit for number in numbers]
        colours = [KINDS[_kind(row[0])][1] for row in rows]
        axis.barh(range(len(rows)), values, color=colours, edgecolor="black", linewidth=0.6)
        for place, value in enumerate(values):
            axis.text(value, place, f" {value:.2f}", va="center", fontsize=8)
        title = f"{what.split(' ')[0].capitalize()} of each layer"
        axis.set(xlabel=what, xlim=(0, 1.15 * max(values)), title=title)
    axes[0].set(yticks=range(len(rows)), yticklabels=[row[0] for row in rows], ylabel="layer")
    axes[0].invert_yaxis()
    axes[1].legend(handles=[Patch(facecolor=KINDS[kind][1], edgecolor="black", label=KINDS[kind][0])
                            for kind in ("conv", "fc")], loc="lower right")
    most, busiest = max(rows, key=lambda row: row[2]), max(rows, key=lambda row: row[3])
    style.show(figure, alt=(
        "The dense layers have most of the parameters, the convolutions do almost all of the multiplications. Two "
        f"bar charts with a bar for each layer. Left, parameters: {most[0]} has {most[2] / 1e6:.1f} million, and "
        f"the bars of the convolutions are short. Right, multiplications: {busiest[0]} and several others have "
        f"{busiest[3] / 1e9:.2f} billion each, the dense layers hardly any."
    ))


@style.picture
def configurations(totals: Mapping[str, tuple[int, int]]) -> None:
    """Parameters and multiplications of whole networks.

    Parameters
    ----------
    totals
        a name, and (parameters, multiplications of one image).
    """
    figure, axes = plt.subplots(1, 2, figsize=(9, 3.6), layout="constrained")
    for axis, column, unit, what, colour in (
        (axes[0], 0, 1e6, "parameters [millions]", style.ORANGE),
        (axes[1], 1, 1e9, "multiplications [billions]", style.BLUE),
    ):
        values = [pair[column] / unit for pair in totals.values()]
        axis.bar(list(totals), values, color=colour, edgecolor="black", linewidth=0.6)
        for place, value in enumerate(values):
            axis.text(place, value, f"{value:.1f}", ha="center", va="bottom", fontsize=9)
        axis.set(title=what.split(" ")[0].capitalize(), xlabel="configuration", ylabel=what,
                 ylim=(0, 1.15 * max(values)))
    style.show(figure, alt=(
        "The parameters hardly differ, while the multiplications grow from A to E. Bars for each configuration: "
    ) + "; ".join(
        f"{name} {parameters / 1e6:.1f} million parameters, {products / 1e9:.1f} billion multiplications"
        for name, (parameters, products) in totals.items()
    ) + ".")


@style.picture
def one_by_one(photograph: np.ndarray, maps: np.ndarray, names: Sequence[str]) -> None:
    """A photograph, and what the filters of a 1×1 convolution make of it.

    Parameters
    ----------
    photograph
        red, green and blue of shape (height, width, 3), 0 to 255.
    maps
        shape (height, width, filters); a map with negative values is drawn with zero in white.
    names
        what each filter computes.
    """
    panels = 1 + len(names)
    figure, axes = plt.subplots(1, panels, figsize=(3.7 * panels, 3.6), layout="constrained")
    style.heatmap(axes[0], photograph.astype("uint8"), "photograph: 3 channels")
    for axis, name, values in zip(axes[1:], names, np.moveaxis(maps, -1, 0), strict=True):
        if values.min() < 0:
            limit = float(np.abs(values).max())
            image = style.heatmap(axis, values, name, style.DIVERGING, vmin=-limit, vmax=limit)
        else:
            image = style.heatmap(axis, values, name, "gray", vmin=0, vmax=255)
        axis.title.set_fontsize(9)
        figure.colorbar(image, ax=axis, shrink=0.75)
    figure.suptitle("A 1×1 convolution mixes the channels of every pixel")
    style.show(figure, alt=(
        "A 1×1 convolution leaves every edge exactly where it is and mixes only the values of each pixel: a small "
        "colour photograph, and the outputs of the filters: " + "; ".join(names) + "."
    ))


@style.picture
def shuffle_buffers(streams: Mapping[int, Sequence[int]]) -> None:
    """Which image comes when, for several sizes of the buffer of `shuffle`.

    Parameters
    ----------
    streams
        the size of a buffer, and the positions of the images in the order in which they are drawn.
    """
    figure, axes = plt.subplots(1, len(streams), figsize=(3.6 * len(streams), 3.7), layout="constrained",
                                sharey=True)
    for axis, (buffer, order) in zip(axes, streams.items(), strict=True):
        axis.plot(order, ".", color=style.BLUE, markersize=2.5)
        axis.set(title=f"buffer of {buffer:,}", xlabel="number of the draw")
        axis.set_aspect("equal")
    axes[0].set(ylabel="position in the array")
    figure.suptitle(f"The order of {len(order):,} images after shuffling")
    style.show(figure, alt=(
        "Small buffers give a narrow band along the diagonal; a buffer for all images fills the square. For each "
        "image that is drawn, its position in the array. "
    ) + " ".join(
        f"Buffer of {buffer}: no image comes more than {max(place - when for when, place in enumerate(order))} "
        "positions early." for buffer, order in streams.items()))


@style.picture
def one_step(weight: float, slope: float, rate: float) -> None:
    """One step of gradient descent on the loss (3·w - 9)².

    Parameters
    ----------
    weight, slope
        where the step starts, and the derivative there.
    rate
        the learning rate.
    """
    def loss(w):
        return (3 * w - 9) ** 2

    after = weight - rate * slope
    places = np.linspace(0.4, 4.2, 200)
    figure, axis = plt.subplots(figsize=(7, 3.8), layout="constrained")
    axis.plot(places, loss(places), color=style.BLUE, label="loss (3·w − 9)²")
    near = np.linspace(weight - 0.45, weight + 0.9, 2)
    axis.plot(near, loss(weight) + slope * (near - weight), "--", color=style.VERMILION,
              label=f"its slope at w = {weight:g}: {slope:g}")
    axis.annotate("", (after, loss(after)), (weight, loss(weight)),
                  arrowprops={"arrowstyle": "->", "linewidth": 1.8, "color": "black"})
    axis.plot([weight, after], [loss(weight), loss(after)], "o", color="black")
    axis.text(weight + 0.06, loss(weight) + 2, f"loss {loss(weight):g}")
    axis.text(2.35, 17, f"after the step: w = {after:g}, loss {loss(after):.2f}")
    axis.set(title=f"One step of gradient descent, learning rate {rate:g}", xlabel="weight w",
             ylabel="loss", ylim=(-3, 62))
    axis.legend()
    style.show(figure, alt=(
        f"One step leads from w = {weight:g}, where the loss is {loss(weight):g}, to w = {after:g}, where it is "
        f"{loss(after):.2f}, close to the minimum at 3. The loss is a parabola over the weight; its slope at the start "
        f"is {slope:g}."
    ))


@style.picture
def descent(rate: float, first_input: int, steps: int) -> None:
    """Gradient descent on a loss of two weights, (a·w − 3·a)² + (v − 3)²: its path, and the loss after each step.

    Parameters
    ----------
    rate
        the learning rate.
    first_input
        a, the input of the weight w; that of v is 1.
    steps
        how many steps from w = v = 1.
    """
    curvature = np.array([2.0 * first_input**2, 2.0])
    factors = 1 - rate * curvature
    distances = -2.0 * factors ** np.arange(steps + 1)[:, np.newaxis]
    losses = (curvature / 2 * distances**2).sum(axis=1)
    across = np.linspace(-3.2, 3.2, 61)
    bowl = curvature[0] / 2 * across[np.newaxis, :] ** 2 + across[:, np.newaxis] ** 2
    figure, (left, right) = plt.subplots(1, 2, figsize=(10, 4), layout="constrained")
    left.contour(3 + across, 3 + across, bowl, levels=losses[0] * np.array([0.01, 0.05, 0.2, 0.5, 1, 2]),
                 cmap=style.SEQUENTIAL, linewidths=1)
    drawn = 1 + int((np.abs(distances).max(axis=1) < 8).sum())  # up to the first step far outside
    left.plot(*(3 + distances[:drawn]).T, "-o", color=style.VERMILION, markersize=4, linewidth=1.2, label="path")
    left.plot(3, 3, "*", color="black", markersize=11, label="minimum")
    left.set(title="Path in the bowl", xlabel="weight w", ylabel="weight v", xlim=(-0.2, 6.2), ylim=(-0.2, 6.2))
    left.legend(loc="upper right", fontsize=9)
    right.semilogy(np.clip(losses, 1e-6, 1e6), "-o", color=style.BLUE, markersize=4)
    right.axhline(losses[0], color="black", linestyle=":", linewidth=1)
    right.set(title="Loss after each step", xlabel="step", ylabel="loss", ylim=(2e-7, 5e6),
              yticks=[1e-6, 1e-3, 1, 1e3, 1e6])
    right.minorticks_off()
    right.xaxis.set_major_locator(MaxNLocator(integer=True))
    right.grid(alpha=0.3)
    worst, last = float(np.abs(factors).max()), f"{losses[-1]:.3g}" if losses[-1] < 1e3 else f"{losses[-1]:,.0f}"
    last = last if losses[-1] < 1e6 else "more than a million"
    if worst > 1 + 1e-9:
        message = f"the loss explodes, from {losses[0]:g} to {last}"
    elif worst > 1 - 1e-9:
        message = f"the steps go back and forth for ever, and the loss stays at {last}"
    else:
        message = f"the loss falls from {losses[0]:g} to {last}"
    figure.suptitle(f"Learning rate {rate:g}: {message} in {steps} steps")
    style.show(figure, alt=(
        f"At a learning rate of {rate:g}, {message} in {steps} steps. Each step multiplies the distance from the "
        f"minimum by {factors[0]:.2f} for w, whose input is {first_input}, and by {factors[1]:.2f} for v, whose input "
        "is 1. Left, the path over the contour lines of the loss; right, the loss after each step."
    ))


@style.picture
def curves(history: Mapping[str, Sequence[float]], title: str) -> None:
    """Loss and accuracy after each epoch, on the training and on the test images.

    Parameters
    ----------
    history
        "loss", "accuracy", "test_loss", "test_accuracy": one value per epoch.
    """
    epochs = np.arange(1, len(history["loss"]) + 1)
    figure, (left, right) = plt.subplots(1, 2, figsize=(10, 3.8), layout="constrained")
    for axis, key in ((left, "loss"), (right, "accuracy")):
        axis.plot(epochs, history[key], "-o", color=style.BLUE, label="training (mean of the epoch)")
        axis.plot(epochs, history[f"test_{key}"], "--s", color=style.ORANGE, label="test (after the epoch)")
        axis.xaxis.set_major_locator(MaxNLocator(integer=True))
        axis.set(xlabel="epoch", title=key.capitalize())
        axis.legend()
    left.set(ylabel="mean cross-entropy [nats]")
    right.set(ylabel="fraction of images classified correctly")
    figure.suptitle(title)
    style.show(figure, alt=f"{title}, {len(epochs)} epochs: " + "; ".join(
        f"{key.replace('_', ' ')} from {values[0]:.4f} to {values[-1]:.4f}"
        for key, values in history.items()
    ) + ".")


@style.picture
def loop_and_fit(loop: Sequence[Sequence[float]], fit: Sequence[Sequence[float]]) -> None:
    """Seconds and test accuracies of several runs with a custom loop and with `fit`.

    Parameters
    ----------
    loop, fit
        pairs (test accuracy from 0 to 1, seconds), one per run.
    """
    figure, axes = plt.subplots(1, 2, figsize=(10, 2.9), layout="constrained", sharey=True)
    kinds = ((loop, style.BLUE, "o"), (fit, style.ORANGE, "s"))
    for axis, column, unit, what in (
        (axes[0], 1, 1, "time of a training run [s]"), (axes[1], 0, 100, "test accuracy [%]"),
    ):
        for place, (runs, colour, marker) in enumerate(kinds):
            values = [unit * run[column] for run in runs]
            axis.plot(values, [place] * len(values), marker, color=colour, markersize=8, alpha=0.6,
                      markeredgecolor="black")
            axis.plot(np.median(values), place, "|", color="black", markersize=34, markeredgewidth=2.5)
            axis.text(np.median(values), place + 0.33, f"median {np.median(values):.1f}", ha="center",
                      fontsize=9)
        axis.set(xlabel=what, yticks=(0, 1), yticklabels=("loop", "fit"), ylim=(-0.5, 1.7))
        axis.margins(x=0.15)
        axis.grid(axis="x", alpha=0.3)
    axes[0].set(title="Time", ylabel="trained by")
    axes[1].set(title="Accuracy")
    style.show(figure, alt=(
        f"The points of both overlap, in time and in accuracy: {len(loop)} runs each, one point per run. "
    ) + "; ".join(
        f"{name}: {min(run[1] for run in runs):.1f} to {max(run[1] for run in runs):.1f} seconds, "
        f"accuracies {min(run[0] for run in runs):.2%} to {max(run[0] for run in runs):.2%}"
        for name, runs in (("Loop", loop), ("fit", fit))
    ) + ".")


@style.picture
def notes(claimed: Sequence[int], true: Sequence[int]) -> None:
    """The side of the maps after each pooling, as claimed in somebody's notes and as it really is.

    Parameters
    ----------
    claimed, true
        pixels, beginning with the image itself.
    """
    figure, axis = plt.subplots(figsize=(7, 3.8), layout="constrained")
    places = np.arange(len(true))
    axis.plot(places, claimed, "--s", color=style.ORANGE, markersize=8, label="the notes")
    axis.plot(places, true, "-o", color=style.BLUE, label="really")
    for place, (left, right) in enumerate(zip(claimed, true, strict=True)):
        axis.annotate(str(right), (place, right), xytext=(0, -15), textcoords="offset points", ha="center",
                      color=style.BLUE)
        if left != right:
            axis.annotate(str(left), (place, left), xytext=(0, 8), textcoords="offset points", ha="center")
    axis.set(title="Side of the maps after each block", xlabel="number of blocks", ylabel="side [pixels]",
             xticks=places, yscale="log", ylim=(0.6, 45))
    axis.set_yticks([1, 2, 4, 7, 14, 28], ["1", "2", "4", "7", "14", "28"], minor=False)
    axis.minorticks_off()
    axis.legend()
    style.show(figure, alt=(
        "From the second block onwards the notes claim too much. Side of the maps after 0 to "
        f"{len(true) - 1} blocks, in the notes: {', '.join(map(str, claimed))}; really: "
        f"{', '.join(map(str, true))}."
    ))


def _kind(name: str) -> str:
    """The kind of a layer, a key of KINDS, from its name in a layer table."""
    return next(kind for kind in KINDS if name.startswith(kind))
