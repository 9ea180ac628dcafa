"""The pictures of the assignment on a VGG-16 that will not learn: losses, layers, spreads, repairs."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import matplotlib.pyplot as plt
import numpy as np
from matplotlib.ticker import MaxNLocator, NullLocator

from cnnlab.figures import style

UNITS = 128  # in each layer of the random network of `gain_and_depth`


@style.picture
def photographs(images: np.ndarray, names: Sequence[str], columns: int = 10) -> None:
    """Small colour photographs in a grid, each with the name of its class above it.

    Parameters
    ----------
    images
        uint8 of shape (number, height, width, 3).
    names
        the class of each.
    """
    rows = -(-len(images) // columns)
    figure, axes = plt.subplots(
        rows, columns, figsize=(1.05 * columns, 1.25 * rows + 0.5), layout="constrained", squeeze=False
    )
    for axis in axes.flat:
        axis.axis("off")
    for axis, image, name in zip(axes.flat, images, names, strict=False):
        axis.imshow(image)
        axis.set_title(name, fontsize=9)
    figure.suptitle(f"{len(images)} photographs of CIFAR-10, {images.shape[1]}×{images.shape[2]} pixels")
    style.show(figure, alt=f"{len(images)} small colour photographs with their classes: {', '.join(names)}.")


@style.picture
def losses(curves: Mapping[str, Sequence[float]], title: str, classes: int = 10) -> None:
    """The training loss of each step, beside the loss of a network that knows nothing.

    Parameters
    ----------
    curves
        a name, and the loss of each training step.
    classes
        the loss of a uniform prediction is the logarithm of this number.
    """
    figure, axis = plt.subplots(figsize=(8, 3.8), layout="constrained")
    axis.axhline(np.log(classes), color="grey", linestyle=":", linewidth=2,
                 label=f"ln {classes} = {np.log(classes):.4f}")
    for place, (name, values) in enumerate(curves.items()):
        axis.plot(np.arange(1, len(values) + 1), values, linestyle=style.DASHES[place % 5],
                  color=style.LINES[place % 5], linewidth=1.6, label=name)
    every = np.concatenate([np.asarray(values, "float64") for values in curves.values()])
    axis.set(title=title, xlabel="training step", ylabel="cross-entropy of the batch [nats]",
             ylim=(min(1.4, every.min() - 0.1), max(3.2, every.max() + 0.1)))  # noise should look like noise
    axis.legend()
    style.show(figure, alt=f"{title}: the loss of each training step. " + " ".join(
        f"{name}: from {values[0]:.2f} in the first of {len(values)} steps to {np.mean(values[-10:]):.2f} "
        "on average in the last ten." for name, values in curves.items()
    ) + f" A dotted line marks ln {classes} = {np.log(classes):.4f}.")


@style.picture
def gradient(values: Sequence[float], names: Sequence[str], title: str) -> None:
    """The gradient of the loss with respect to each logit of one image, as bars.

    Parameters
    ----------
    values
        one number per class.
    names
        the classes.
    """
    heights = [float(value) for value in values]
    figure, axis = plt.subplots(figsize=(8, 3.4), layout="constrained")
    colours = [style.ORANGE if value >= 0 else style.BLUE for value in heights]
    axis.bar(range(len(heights)), heights, color=colours, edgecolor="black", linewidth=0.6)
    for place, value in enumerate(heights):
        axis.annotate(f"{value:+.2f}", (place, value), xytext=(0, 3 if value >= 0 else -12),
                      textcoords="offset points", ha="center", fontsize=9)
    axis.axhline(0, color="black", linewidth=0.8)
    axis.set(title=title, xlabel="class", ylabel="gradient [nats per unit of the logit]",
             xticks=range(len(heights)))
    axis.set_xticklabels(names, rotation=30, ha="right", fontsize=9)
    axis.margins(y=0.18)
    style.show(figure, alt=f"{title}. " + ", ".join(
        f"{name} {value:+.2f}" for name, value in zip(names, heights, strict=True)) + ".")


@style.picture
def layers(networks: Mapping[str, Mapping[str, Sequence[float]]], title: str) -> None:
    """Three panels over the layers: standard deviation of the activations, dead units, gradient norm.

    Parameters
    ----------
    networks
        a name, and the lists "spread", "dead" (one number per ReLU) and "gradient" (one per kernel).
    """
    figure, axes = plt.subplots(1, 3, figsize=(13, 4.3), layout="constrained")
    labels = {
        "spread": ("Size of the activations", "ReLU layer", "standard deviation (log scale)"),
        "dead": ("Units that are 0 for the whole batch", "ReLU layer", "dead units [%]"),
        "gradient": ("Gradient of the loss", "kernel", "norm (log scale)"),
    }
    words = []
    for axis, (key, (heading, across, up)) in zip(axes, labels.items(), strict=True):
        for place, (name, numbers) in enumerate(networks.items()):
            values = np.asarray(numbers[key], "float64")
            values = 100 * values if key == "dead" else np.maximum(values, 1e-12)
            axis.plot(np.arange(1, len(values) + 1), values, linestyle=style.DASHES[place % 5],
                      marker=style.MARKERS[place % 5], markersize=5, color=style.LINES[place % 5], label=name)
            words.append(f"{heading}, {name}: from {values[0]:.3g} in the first to {values[-1]:.3g} in the last")
        if key == "dead":
            axis.set_ylim(-4, 104)
        else:
            axis.set(yscale="log", ylim=(3e-5, 20))  # the same for every picture, to compare them
        axis.xaxis.set_major_locator(MaxNLocator(integer=True))
        axis.set(title=heading, xlabel=f"{across}, counted from the image", ylabel=up)
        axis.grid(alpha=0.3)
    axes[0].legend(fontsize=9)
    figure.suptitle(f"{title}\n", fontsize=13)
    style.show(figure, alt=f"{title}. {'; '.join(words)}.")


@style.picture
def half_survives() -> None:
    """A bell curve before and after ReLU: the mean square is halved."""
    x = np.linspace(-4, 4, 801)
    bell = np.exp(-x**2 / 2) / np.sqrt(2 * np.pi)
    figure, (left, right) = plt.subplots(1, 2, figsize=(10, 3.5), layout="constrained")
    left.fill_between(x, bell, where=x <= 0, color=style.SKY, alpha=0.6, label="becomes 0", hatch="//")
    left.fill_between(x, bell, where=x >= 0, color=style.ORANGE, alpha=0.7, label="passes unchanged")
    left.set(title="What goes into ReLU", xlabel="value z", ylabel="density", ylim=(0, 0.46))
    left.legend(loc="upper left")
    weighted = x**2 * bell
    right.fill_between(x, weighted, where=x <= 0, color=style.SKY, alpha=0.6, hatch="//", label="lost: 1/2")
    right.fill_between(x, weighted, where=x >= 0, color=style.ORANGE, alpha=0.7, label="kept: 1/2")
    right.set(title="What it adds to the mean square, z² × density", xlabel="value z",
              ylabel="z² × density", ylim=(0, 0.36))
    right.legend(loc="upper center")
    style.show(figure, alt=(
        "Left: a bell curve around zero; its negative half becomes 0 in ReLU, its positive half passes. "
        "Right: the square of the value times the density has two equal hills; ReLU removes the left "
        "one, half of the mean square."
    ))


@style.picture
def spread_by_depth(measured: Mapping[str, Sequence[float]], halving: Sequence[float]) -> None:
    """Root mean square after each of several convolutions, compared with a mean square that halves each time.

    Parameters
    ----------
    measured
        a name, and the root mean square after each layer.
    halving
        the prediction, if the mean square halves in each layer.
    """
    figure, axis = plt.subplots(figsize=(8, 3.8), layout="constrained")
    depth = np.arange(1, len(halving) + 1)
    axis.plot(depth, halving, color="grey", linestyle=":", linewidth=2.5, label="mean square halved each layer")
    for place, (name, values) in enumerate(measured.items()):
        axis.plot(depth, values, linestyle=style.DASHES[place % 5], marker=style.MARKERS[place % 5],
                  color=style.LINES[place % 5], label=name)
    axis.set(title="What is left of the signal after each convolution and its ReLU",
             xlabel="number of convolutions passed", ylabel="root mean square (log scale)", yscale="log",
             xticks=depth)
    axis.grid(alpha=0.3)
    axis.legend()
    style.show(figure, alt="Root mean square of the activations over the layers. " + " ".join(
        f"{name}: {values[0]:.3f} after the first layer, {values[-1]:.4f} after layer {len(values)}."
        for name, values in measured.items()
    ) + f" A dotted line, the mean square halved in each layer, ends at {halving[-1]:.4f}.")


@style.picture
def gain_and_depth(gain: float, depth: int) -> None:
    """The standard deviation after each layer of a random ReLU network, beside that with He's gain, √2.

    Parameters
    ----------
    gain
        the standard deviation of the weights is gain / √fan-in.
    depth
        the number of layers.
    """
    draw = np.random.default_rng(1)
    values = draw.normal(size=(64, UNITS))
    deviations = []
    for _ in range(depth):
        values = np.maximum(values @ draw.normal(0, np.sqrt(2 / UNITS), (UNITS, UNITS)), 0)
        deviations.append(values.std())
    layer, he = np.arange(1, depth + 1), np.array(deviations)
    factor = gain / np.sqrt(2)
    chosen = he * factor**layer  # without biases, twice the weights give twice the values
    figure, axis = plt.subplots(figsize=(8, 3.8), layout="constrained")
    axis.plot(layer, he, color="grey", linestyle=":", linewidth=2.5, label="gain √2 = 1.41 (He)")
    axis.plot(layer, chosen, color=style.BLUE, marker="o", markersize=5, label=f"gain {gain:.2f}")
    axis.set(title=f"Gain {gain:.2f}: each layer multiplies the standard deviation by about {factor:.2f}",
             xlabel="layer, counted from the input", ylabel="standard deviation after ReLU (log scale)", yscale="log",
             ylim=(min(1e-4, chosen.min() / 3), max(1e2, 3 * chosen.max())))
    axis.xaxis.set_major_locator(MaxNLocator(integer=True))
    axis.yaxis.set_minor_locator(NullLocator())
    axis.grid(alpha=0.3)
    axis.legend()
    style.show(figure, alt=(
        f"With a gain of {gain:.2f}, each layer multiplies the standard deviation of the activations by about "
        f"{factor:.2f}: it is {chosen[0]:.2g} after the first layer and {chosen[-1]:.2g} after layer {depth}. A dotted "
        f"line shows He's gain, √2, which keeps it at about the same size: {he[0]:.2g} and {he[-1]:.2g}."
    ))


@style.picture
def similarity(matrices: Mapping[str, np.ndarray], title: str) -> None:
    """How alike the images are to each other: cosine similarities, one matrix per panel.

    Parameters
    ----------
    matrices
        a name, and cosine similarities of shape (images, images), -1 to 1.
    """
    figure, axes = plt.subplots(
        1, len(matrices), figsize=(3.7 * len(matrices) + 0.8, 4.6), layout="constrained", squeeze=False
    )
    words = []
    for axis, (name, matrix) in zip(axes.flat, matrices.items(), strict=True):
        image = axis.imshow(matrix, cmap=style.DIVERGING, vmin=-1, vmax=1, interpolation="nearest")
        mean = float(matrix[np.triu_indices(len(matrix), 1)].mean())
        axis.set_title(f"{name}\nmean of the pairs {mean:.3f}", fontsize=11)
        axis.set(xlabel="image", ylabel="image")
        words.append(f"{name} {mean:.3f}")
    figure.colorbar(image, ax=axes, label="cosine similarity", shrink=0.7)
    figure.suptitle(f"{title}\n", fontsize=13)
    style.show(figure, alt=(
        f"Mean cosine similarity of the pairs: {'; '.join(words)}. Each panel shows the cosine similarity of every "
        f"pair of {len(matrix)} images."
    ))


@style.picture
def colours(before: np.ndarray, after: np.ndarray) -> None:
    """How the values of red, green and blue are distributed, before and after the mean is subtracted.

    Parameters
    ----------
    before, after
        float, shape (number, height, width, 3).
    """
    figure, axes = plt.subplots(1, 2, figsize=(10, 3.5), layout="constrained", sharey=True)
    bins = np.linspace(-0.6, 1.0, 81)
    words = []
    named = ((before, "byte / 255"), (after, "mean of the training set subtracted"))
    for axis, (values, name) in zip(axes, named, strict=True):
        for channel, (colour, label) in enumerate(
            ((style.VERMILION, "red"), (style.GREEN, "green"), (style.BLUE, "blue"))
        ):
            one = values[..., channel].ravel()
            axis.hist(one, bins, histtype="step", density=True, color=colour, linewidth=1.8, label=label,
                      linestyle=style.DASHES[channel])
            axis.axvline(one.mean(), color=colour, linestyle=style.DASHES[channel], linewidth=1)
            words.append(f"{label} {one.mean():.2f}")
        axis.set(title=name, xlabel="value of a pixel", ylabel="density")
        axis.legend()
    style.show(figure, alt=(
        "Subtracting the mean moves the distributions of red, green and blue to the left and leaves their "
        f"shapes as they are. Their means, before and then after: {', '.join(words)}."
    ))


@style.picture
def normalised(before: np.ndarray, after: np.ndarray) -> None:
    """Values of some units over a batch, before and after batch normalisation, as boxes.

    Parameters
    ----------
    before, after
        shape (batch, units).
    """
    figure, axes = plt.subplots(1, 2, figsize=(10, 3.6), layout="constrained")
    for axis, values, name in ((axes[0], before, "Before"), (axes[1], after, "After")):
        axis.boxplot(values, whis=(5, 95), showfliers=False, medianprops={"color": style.VERMILION, "linewidth": 2})
        axis.axhline(0, color="grey", linewidth=1, linestyle=":")
        axis.set(title=f"{name} batch normalisation", xlabel="unit", ylabel="value over the batch")
    style.show(figure, alt=(
        f"Box plots of {before.shape[1]} units over a batch of {len(before)}. Before: means from "
        f"{before.mean(axis=0).min():.2f} to {before.mean(axis=0).max():.2f}, standard deviations from "
        f"{before.std(axis=0).min():.2f} to {before.std(axis=0).max():.2f}. After: every unit has mean 0 "
        "and standard deviation 1."
    ))


@style.picture
def start_left(momenta: Sequence[float], steps: int, marks: Mapping[str, int]) -> None:
    """How much of a moving average still comes from its initial value after so many steps.

    Parameters
    ----------
    momenta
        one curve for each momentum.
    steps
        the last step that is drawn.
    marks
        numbers of steps to mark, with their names.
    """
    figure, axis = plt.subplots(figsize=(8, 3.6), layout="constrained")
    step = np.arange(steps + 1)
    for place, momentum in enumerate(momenta):
        axis.plot(step, 100 * momentum**step, color=style.LINES[place], linestyle=style.DASHES[place],
                  linewidth=2, label=f"momentum {momentum}")
    for name, where in marks.items():
        axis.axvline(where, color="grey", linewidth=1)
        axis.text(where, 97, f" {name}: {where}", fontsize=9, va="top")
    axis.set(title="How much of a moving average still comes from its initial value",
             xlabel="training steps", ylabel="fraction of the initial value [%]", ylim=(0, 102), xlim=(0, 1.22 * steps))
    axis.grid(alpha=0.3)
    axis.legend(loc="center", bbox_to_anchor=(0.68, 0.55))
    style.show(figure, alt="Fraction of the initial value that is left in a moving average: " + "; ".join(
        f"momentum {momentum}: " + ", ".join(f"{momentum**where:.1%} after {where} steps" for where in marks.values())
        for momentum in momenta
    ) + ".")


@style.picture
def subsets(results: Mapping[str, Sequence[float]], title: str, chance: float = 0.1) -> None:
    """Test accuracy of each combination of repairs: each seed as a dot, the mean as a line.

    Parameters
    ----------
    results
        the name of a combination, and its accuracies, 0 to 1, one per seed.
    chance
        the accuracy of guessing.
    """
    figure, axis = plt.subplots(figsize=(8.5, 0.5 * len(results) + 1.5), layout="constrained")
    for place, values in enumerate(results.values()):
        percent = 100 * np.asarray(values, "float64")
        axis.plot(percent, np.full(len(percent), place), "o", color=style.BLUE, alpha=0.6, markersize=6,
                  label="one seed" if place == 0 else None)
        axis.plot(percent.mean(), place, "|", color=style.VERMILION, markersize=20, markeredgewidth=3,
                  label="mean" if place == 0 else None)
    axis.axvline(100 * chance, color="grey", linestyle=":", linewidth=2, label=f"guessing: {100 * chance:.0f} %")
    axis.set(title=title, xlabel="test accuracy [%]", ylabel="repairs", yticks=range(len(results)),
             yticklabels=list(results), xlim=(0, None))
    axis.invert_yaxis()
    axis.grid(axis="x", alpha=0.3)
    axis.legend(loc="center left", bbox_to_anchor=(1, 0.5), fontsize=9)
    style.show(figure, alt=f"{title}. Mean test accuracy: " + "; ".join(
        f"{name} {np.mean(values):.1%}" for name, values in results.items()) + ".")


@style.picture
def contributions(table: Mapping[str, Mapping[str, tuple[float, float]]], title: str) -> None:
    """What each repair contributes when it is made alone, and when it is added last.

    Parameters
    ----------
    table
        for each repair "alone" and "last": (mean, standard deviation) of the gain in accuracy, 0 to 1.
    """
    figure, axis = plt.subplots(figsize=(8.5, 0.8 * len(table) + 1.4), layout="constrained")
    for key, shift, colour, marker, label in (
        ("alone", -0.14, style.BLUE, "o", "made alone"), ("last", 0.14, style.ORANGE, "s", "added last"),
    ):
        means = [100 * row[key][0] for row in table.values()]
        spreads = [100 * row[key][1] for row in table.values()]
        places = np.arange(len(table)) + shift
        axis.errorbar(means, places, xerr=spreads, fmt=marker, color=colour, capsize=5, markersize=8, label=label)
        for mean, place in zip(means, places, strict=True):
            axis.annotate(f"{mean:+.1f}", (mean, place), xytext=(0, 7), textcoords="offset points", ha="center",
                          fontsize=9)
    axis.axvline(0, color="grey", linewidth=1)
    axis.set(title=title, xlabel="gain in test accuracy [percentage points]", ylabel="repair",
             yticks=range(len(table)), yticklabels=list(table), ylim=(len(table) - 0.5, -0.6))
    axis.grid(axis="x", alpha=0.3)
    axis.legend(loc="center left", bbox_to_anchor=(1, 0.5))
    style.show(figure, alt=f"{title}. " + "; ".join(
        f"{name}: " + ", ".join(f"{what} {row[what][0]:+.1%} ± {row[what][1]:.1%}" for what in ("alone", "last"))
        for name, row in table.items()) + ".")
