"""Pictures for assignment 6: gradients in deep stacks, residual blocks, plain against residual networks."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import matplotlib.pyplot as plt
import numpy as np
from matplotlib.axes import Axes
from matplotlib.patches import FancyArrowPatch, FancyBboxPatch
from matplotlib.ticker import MaxNLocator

from cnnlab.figures import style


@style.picture
def photographs(images: np.ndarray, small: np.ndarray, names: Sequence[str]) -> None:
    """Photographs as they are, and below them the same at the size that the networks see.

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
        f"Ten small colour photographs in two rows, above with {sizes[0]} and below with {sizes[1]} pixels: "
        f"{', '.join(names)}. With a quarter of the pixels most of them can still be recognised."
    ))


@style.picture
def gradients_by_layer(norms: Mapping[str, Sequence[float]], title: str) -> None:
    """The gradient's norm of each kernel, from the input to the output, one curve a network.

    Parameters
    ----------
    norms
        a network's name, and its norms.
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
    style.show(figure, alt=f"{title}, on a logarithmic scale: " + "; ".join(
        f"{name}, from {values[0]:.1e} at the first of {len(values)} kernels to {values[-1]:.1e} at the last"
        for name, values in norms.items()
    ) + ".")


@style.picture
def gradients_by_depth(depths: Sequence[int], norms: Mapping[str, Sequence[float]]) -> None:
    """The first kernel's gradient over the depth of the stack, one curve a scale of the weights.

    Parameters
    ----------
    depths
        how many convolutions each stack has.
    norms
        a scale's name, and for each depth the norm of the first kernel's gradient.
    """
    figure, axis = plt.subplots(figsize=(8.5, 4.2), layout="constrained")
    for place, (name, values) in enumerate(norms.items()):
        axis.plot(depths, values, linestyle=style.DASHES[place % 5], marker=style.MARKERS[place % 5],
                  color=style.LINES[place % 5], label=name)
    axis.set(title="What arrives at the first kernel of ever deeper stacks", yscale="log",
             xlabel="depth [convolutions]", ylabel="norm of the gradient (log scale)", xticks=depths)
    axis.grid(alpha=0.3)
    axis.legend()
    style.show(figure, alt=(
        "The norm of the first kernel's gradient over the depth, on a logarithmic scale: " + "; ".join(
            f"{name}, {values[0]:.1e} at depth {depths[0]} and {values[-1]:.1e} at depth {depths[-1]}"
            for name, values in norms.items()
        ) + ". Weights that are too large or too small make straight lines up and down."
    ))


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
        "Two residual blocks. In both, the input x goes down a branch F: 3 by 3 convolution, batch "
        "normalisation, ReLU, 3 by 3 convolution, batch normalisation; then the shortcut is added, and a "
        "last ReLU gives y. On the left the shortcut is x itself. On the right, where the first convolution "
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
    """The maps of a network as rectangles: as high as the map, as wide as its channels.

    Parameters
    ----------
    rows
        for each stage its name, the height of its maps in pixels, and its channels.
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
    style.show(figure, alt=f"{title}: " + ", ".join(
        f"{name} {size}×{size}×{channels}" for name, size, channels in rows
    ) + ". The maps become smaller as the channels become more.")


@style.picture
def side_by_side(histories: Mapping[str, Mapping[str, Sequence[float]]], title: str) -> None:
    """Training loss and training accuracy of several networks after each epoch.

    Parameters
    ----------
    histories
        a network's name, and its "loss" and "accuracy", a value an epoch.
    title
        of the whole picture.
    """
    figure, axes = plt.subplots(1, 2, figsize=(10, 3.9), layout="constrained")
    labels = {"loss": "mean cross-entropy [nats]", "accuracy": "share of images classified right"}
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
    """Plain and residual networks of several depths: training loss and test accuracy, every run a mark.

    Parameters
    ----------
    results
        a kind of network, and for each depth its runs: last training losses, test accuracies (0 to 1).
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
    figure.suptitle("Every mark is one training; the lines join the means")
    style.show(figure, alt="Means over the seeds: " + "; ".join(words) + ".")
