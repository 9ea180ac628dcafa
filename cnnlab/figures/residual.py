"""Pictures for assignment 6: gradients in deep stacks, residual blocks, plain against residual networks."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import matplotlib.pyplot as plt
import numpy as np
from matplotlib.axes import Axes
from matplotlib.patches import FancyArrowPatch, FancyBboxPatch
from matplotlib.ticker import LogLocator, MaxNLocator, NullLocator

from cnnlab.figures import style

UNITS = 32  # in each layer of the random networks of `gain_and_depth`


@style.picture
def photographs(images: np.ndarray, small: np.ndarray, names: Sequence[str]) -> None:
    """Photographs in their original size, and below them in the size that the networks see.

    Parameters
    ----------
    images, small
        uint8 of shape (number, height, width, 3): the same photographs in two sizes.
    names
        the class of each.
    """
    figure, axes = plt.subplots(2, len(images), figsize=(1.35 * len(images), 3.4), layout="constrained")
    for row, photos in zip(axes, (images, small), strict=True):
        for axis, photo, name in zip(row, photos, names, strict=True):
            axis.imshow(photo, interpolation="nearest")
            axis.set_title(name, fontsize=9)
            axis.axis("off")
    sizes = [f"{photos.shape[1]}×{photos.shape[2]}" for photos in (images, small)]
    figure.suptitle(f"Ten photographs with {sizes[0]} pixels (above) and {sizes[1]} pixels (below)")
    style.show(figure, alt=(
        "With a quarter of the pixels, most photographs can still be recognised. Ten small colour photographs in two "
        f"rows, above with {sizes[0]} and below with {sizes[1]} pixels: {', '.join(names)}."
    ))


@style.picture
def gradients_by_layer(norms: Mapping[str, Sequence[float]], title: str) -> None:
    """The norm of each kernel's gradient, from the input to the output, one curve per network.

    Parameters
    ----------
    norms
        the name of a network, and its norms.
    title
        of the picture.
    """
    figure, axis = plt.subplots(figsize=(10, 4.2), layout="constrained")
    for place, (name, values) in enumerate(norms.items()):
        axis.plot(np.arange(1, len(values) + 1), values, linestyle=style.DASHES[place % 5],
                  marker=style.MARKERS[place % 5], markersize=4, color=style.LINES[place % 5], label=name)
    axis.set(title=title, yscale="log", xlabel="kernel, counted from the input",
             ylabel="norm of the gradient (log scale)")
    axis.xaxis.set_major_locator(MaxNLocator(integer=True))
    axis.grid(alpha=0.3)
    axis.legend(loc="center left", bbox_to_anchor=(1.01, 0.5))
    style.show(figure, alt=f"{title}. Norms from the first kernel to the last convolution: " + "; ".join(
        f"{name}, from {values[0]:.1e} to {values[-2]:.1e} over {len(values) - 1} convolutions"
        for name, values in norms.items()
    ) + ". The scale is logarithmic; each curve ends with the dense layer.")


@style.picture
def gradients_by_depth(depths: Sequence[int], norms: Mapping[str, Sequence[float]]) -> None:
    """The norm of the first kernel's gradient over the depth of the stack, one curve per gain.

    Parameters
    ----------
    depths
        how many convolutions each stack has.
    norms
        the name of a gain, and for each depth the norm of the first kernel's gradient.
    """
    figure, axis = plt.subplots(figsize=(8.5, 4.2), layout="constrained")
    for place, (name, values) in enumerate(norms.items()):
        axis.plot(depths, values, linestyle=style.DASHES[place % 5], marker=style.MARKERS[place % 5],
                  color=style.LINES[place % 5], label=name)
    axis.set(title="The gradient of the first kernel, as the stack grows deeper", yscale="log",
             xlabel="depth [convolutions]", ylabel="norm of the gradient (log scale)", xticks=depths)
    axis.grid(alpha=0.3)
    axis.legend()
    style.show(figure, alt=(
        "If the weights are too large or too small, each layer multiplies the gradient by the same factor, and the "
        "curve is a straight line on a logarithmic scale. The norm of the first kernel's gradient: " + "; ".join(
            f"{name}, {values[0]:.1e} at depth {depths[0]} and {values[-1]:.1e} at depth {depths[-1]}"
            for name, values in norms.items()
        ) + "."
    ))


@style.picture
def gain_and_depth(gain: float, depth: int) -> None:
    """The norm of each layer's gradient in two random networks: a plain one, and one with shortcuts.

    Parameters
    ----------
    gain
        the standard deviation of the weights, divided by that of He's rule.
    depth
        the number of dense layers, an even number: there are two in each block.
    """
    networks = {f"{how} shortcuts": _random_norms(gain, depth, how == "with") for how in ("without", "with")}
    figure, axes = plt.subplots(1, 2, figsize=(10, 3.9), layout="constrained", sharey=True)
    for place, (axis, (name, norms)) in enumerate(zip(axes, networks.items(), strict=True)):
        axis.plot(np.arange(1, depth + 1), norms, linestyle=style.DASHES[place], marker=style.MARKERS[place],
                  markersize=4, color=style.LINES[place])
        axis.set(title=f"{name[0].upper()}{name[1:]}: {norms[0]:.0e} at the first layer", yscale="log",
                 ylim=(1e-18, 1e12), xlabel="layer, counted from the input")
        axis.xaxis.set_major_locator(MaxNLocator(integer=True))
        axis.yaxis.set_major_locator(LogLocator(numticks=8))
        axis.yaxis.set_minor_locator(NullLocator())
        axis.grid(alpha=0.3)
    axes[0].set(ylabel="norm of the gradient (log scale)")
    figure.suptitle(f"The gradient in two random networks with {depth} layers, gain {gain:.2f}")
    words = "; ".join(f"{name}, {norms[0]:.1e} at the first layer and {norms[-1]:.1e} at the last"
                      for name, norms in networks.items())
    ratio = networks["with shortcuts"][0] / networks["without shortcuts"][0]
    style.show(figure, alt=(
        f"With a gain of {gain:.2f} and {depth} layers, shortcuts make the gradient of the first layer {ratio:.1e} "
        f"times as large. The norm of the gradient, on a logarithmic scale: {words}."
    ))


def _random_norms(gain: float, depth: int, shortcut: bool) -> np.ndarray:
    """The norm of each layer's gradient in a random network of two dense layers per block, with ReLU and no biases.

    The gradient of the loss with respect to the network's output is the same for every network, with norm 1.
    """
    draw = np.random.default_rng(1)
    x, back = np.maximum(draw.normal(size=(64, UNITS)), 0), draw.normal(size=(64, UNITS)) / np.sqrt(64 * UNITS)
    kernels = draw.normal(0, gain * np.sqrt(2 / UNITS), (depth // 2, 2, UNITS, UNITS))
    seen = []
    for first, second in kernels:
        half = np.maximum(x @ first, 0)
        y = np.maximum(half @ second + shortcut * x, 0)
        seen.append((x, half, y))
        x = y
    norms: list[float] = []
    for (first, second), (x, half, y) in zip(kernels[::-1], seen[::-1], strict=True):
        back = back * (y > 0)
        inner = (back @ second.T) * (half > 0)
        norms = [float(np.linalg.norm(x.T @ inner)), float(np.linalg.norm(half.T @ back)), *norms]
        back = inner @ first.T + shortcut * back
    return np.array(norms)


@style.picture
def blocks() -> None:
    """The residual block with its two kinds of shortcut, drawn as boxes and arrows."""
    figure, axes = plt.subplots(1, 2, figsize=(10, 6), layout="constrained")
    branch = ("3×3 convolution{}", "batch normalisation", "ReLU", "3×3 convolution", "batch normalisation")
    for axis, stride, title in (
        (axes[0], "", "Identity shortcut: y = ReLU(F(x) + x)"),
        (axes[1], ", stride 2", "Projection shortcut, where the shape changes"),
    ):
        heights = [5.6 - 0.95 * place for place in range(5)]
        axis.text(0, 7.15, "x", ha="center", va="center", fontsize=14, style="italic")
        _arrow(axis, (0, 6.95), (0, heights[0] + 0.3))
        for place, (name, height) in enumerate(zip(branch, heights, strict=True)):
            colour = (style.SKY, "#F0E442", "#DDDDDD")[0 if "conv" in name else 1 if "batch" in name else 2]
            _box(axis, 0, height, name.format(stride if place == 0 else ""), colour)
            if place:
                _arrow(axis, (0, heights[place - 1] - 0.3), (0, height + 0.3))
        _arrow(axis, (0, heights[-1] - 0.3), (0, 0.98))
        axis.text(0, 0.72, "+", ha="center", va="center", fontsize=17,
                  bbox={"boxstyle": "circle", "facecolor": "white", "edgecolor": "black"})
        _arrow(axis, (0, 0.43), (0, 0.05))
        _box(axis, 0, -0.25, "ReLU", "#DDDDDD")
        _arrow(axis, (0, -0.55), (0, -0.98))
        axis.text(0, -1.2, "y", ha="center", va="center", fontsize=14, style="italic")
        axis.text(-1.75, heights[2], "F(x)", fontsize=13, ha="center", va="center")
        side = 3.1
        axis.plot([0, side, side], [6.6, 6.6, 4.5 if stride else 0.72], color="black", linewidth=1.5)
        if stride:
            _box(axis, side, 4.2, "1×1 convolution, stride 2", style.SKY)
            _arrow(axis, (side, 3.9), (side, 3.35))
            _box(axis, side, 3.05, "batch normalisation", "#F0E442")
            axis.plot([side, side], [2.75, 0.72], color="black", linewidth=1.5)
        else:
            axis.text(side + 0.15, 3.7, "x, unchanged", fontsize=11, va="center")
        _arrow(axis, (side, 0.72), (0.3, 0.72))
        axis.set(xlim=(-2.2, 4.9), ylim=(-1.5, 7.5))
        axis.set_title(title, fontsize=12)
        axis.axis("off")
    figure.suptitle("The residual block")
    style.show(figure, alt=(
        "In a residual block the input x takes two ways, through a branch F and through a shortcut; their outputs are "
        "added, and a last ReLU gives y. F is a 3 by 3 convolution, batch normalisation, ReLU, a 3 by 3 convolution "
        "and batch normalisation. On the left the shortcut is x itself. On the right, where the first convolution "
        "has stride 2, the shortcut is a 1 by 1 convolution with stride 2 followed by batch normalisation."
    ))


def _box(axis: Axes, x: float, y: float, text: str, colour: str) -> None:
    """A rounded box with a text in it, centred at (x, y)."""
    axis.add_patch(FancyBboxPatch((x - 1.25, y - 0.27), 2.5, 0.54, boxstyle="round,pad=0.03",
                                  facecolor=colour, edgecolor="black"))
    axis.text(x, y, text, ha="center", va="center", fontsize=9)


def _arrow(axis: Axes, start: tuple[float, float], end: tuple[float, float]) -> None:
    """An arrow from start to end."""
    axis.add_patch(FancyArrowPatch(start, end, arrowstyle="-|>", mutation_scale=13, linewidth=1.5,
                                   color="black", shrinkA=0, shrinkB=0))


@style.picture
def widths(rows: Sequence[tuple[str, int, int]], title: str) -> None:
    """The maps of a network as rectangles: the height is that of the map, the width its number of channels.

    Parameters
    ----------
    rows
        for each stage its name, the height of its maps in pixels, and its number of channels.
    title
        of the picture.
    """
    figure, axis = plt.subplots(figsize=(10, 3.9), layout="constrained")
    highest, place = max(size for _, size, _ in rows), 0.0
    for number, (name, size, channels) in enumerate(rows):
        tall, wide = max(size / highest, 0.01), max(channels / 512, 0.02)
        axis.add_patch(plt.Rectangle((place, -tall / 2), wide, tall, edgecolor="black",
                                     facecolor=(style.SKY, style.ORANGE)[number % 2]))
        axis.text(place + wide / 2, -0.56 - 0.22 * (number % 2), f"{name}\n{size}×{size}×{channels}",
                  ha="center", va="top", fontsize=9)
        place += wide + 0.32
    axis.set(xlim=(-0.25, place), ylim=(-1.02, 0.55), title=title)
    axis.axis("off")
    sizes = ", ".join(f"{name} {size}×{size}×{channels}" for name, size, channels in rows)
    style.show(figure, alt=f"{title}. Rectangles, as high as the maps and as wide as their channels: {sizes}.")


@style.picture
def side_by_side(histories: Mapping[str, Mapping[str, Sequence[float]]], title: str) -> None:
    """Training loss and training accuracy of several networks after each epoch.

    Parameters
    ----------
    histories
        the name of a network, and its "loss" and "accuracy", one value per epoch.
    title
        of the whole picture.
    """
    figure, axes = plt.subplots(1, 2, figsize=(10, 3.9), layout="constrained")
    labels = {"loss": "mean cross-entropy [nats]", "accuracy": "fraction of images classified correctly"}
    for axis, (key, label) in zip(axes, labels.items(), strict=True):
        for place, (name, history) in enumerate(histories.items()):
            axis.plot(np.arange(1, len(history[key]) + 1), history[key], linestyle=style.DASHES[place % 5],
                      marker=style.MARKERS[place % 5], color=style.LINES[place % 5], label=name)
        axis.set(title=f"Training {key}", xlabel="epoch", ylabel=label)
        axis.xaxis.set_major_locator(MaxNLocator(integer=True))
        axis.grid(alpha=0.3)
        axis.legend()
    figure.suptitle(title)
    style.show(figure, alt=f"{title}. " + "; ".join(
        f"{name}: training loss from {history['loss'][0]:.2f} to {history['loss'][-1]:.2f}, training accuracy "
        f"from {history['accuracy'][0]:.2f} to {history['accuracy'][-1]:.2f}"
        for name, history in histories.items()
    ) + ".")


@style.picture
def depths(results: Mapping[str, Mapping[int, tuple[Sequence[float], Sequence[float]]]]) -> None:
    """Plain and residual networks of several depths: training loss and test accuracy, one mark per run.

    Parameters
    ----------
    results
        a kind of network, and for each depth the last training losses and the test accuracies (0 to 1) of its runs.
    """
    figure, axes = plt.subplots(1, 2, figsize=(10, 4.1), layout="constrained")
    words = []
    for place, (kind, by_depth) in enumerate(results.items()):
        layers = sorted(by_depth)
        for axis, which, factor in ((axes[0], 0, 1), (axes[1], 1, 100)):
            runs = [factor * np.asarray(by_depth[depth][which]) for depth in layers]
            shift = 0.4 * (place - (len(results) - 1) / 2)
            for number, values in enumerate(runs):
                axis.plot(np.full(len(values), number) + 0.3 * shift, values, style.MARKERS[place % 5],
                          color=style.LINES[place % 5], alpha=0.55, markersize=7)
            axis.plot(np.arange(len(layers)) + 0.3 * shift, [values.mean() for values in runs],
                      linestyle=style.DASHES[place % 5], marker=style.MARKERS[place % 5], markersize=3,
                      color=style.LINES[place % 5], label=kind)
            axis.set(xticks=range(len(layers)), xticklabels=layers, xlabel="depth [layers with weights]")
        words += [f"{kind}, {depth} layers, training loss {np.mean(by_depth[depth][0]):.2f}, test accuracy "
                  f"{np.mean(by_depth[depth][1]):.1%}" for depth in layers]
    axes[0].set(title="Training loss after the last epoch", ylabel="mean cross-entropy [nats]")
    axes[1].set(title="Test accuracy", ylabel="test accuracy [%]")
    for axis in axes:
        axis.grid(alpha=0.3)
        axis.legend()
    figure.suptitle("Each mark is one training run; the lines join the means")
    style.show(figure, alt=(
        "With depth, the plain networks become much worse than the residual ones. Means over the seeds: "
        + "; ".join(words) + "."))
