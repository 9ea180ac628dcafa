"""The pictures of the assignment on AlexNet: its layers, its ideas one by one, and what they add."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import matplotlib.pyplot as plt
import numpy as np
from matplotlib.patches import Rectangle
from matplotlib.ticker import MaxNLocator

from cnnlab.figures import style


@style.picture
def stages(maps: Sequence[tuple[str, int, int]]) -> None:
    """Feature maps drawn to scale, one after the other, each with its number of channels below it.

    Parameters
    ----------
    maps
        for each stage its name, the side of its maps in pixels, and its channels.
    """
    figure, axis = plt.subplots(figsize=(11.5, 4), layout="constrained")
    place = 0.0
    for number, (name, side, channels) in enumerate([("photograph", 227, 3), *maps]):
        pooled = name.startswith("pooling")
        axis.add_patch(Rectangle(
            (place, -side / 2), side, side, edgecolor="black", linewidth=1,
            facecolor=style.SKY if pooled else style.ORANGE if number else "white",
            hatch="//" if pooled else None, alpha=0.85,
        ))
        label = max(side, 62)
        axis.text(place + side / 2, -128, f"{side}×{side}\n×{channels}", ha="center", va="top", fontsize=10)
        axis.text(place + side / 2, side / 2 + 8, name.replace(" ", "\n"), ha="center", va="bottom", fontsize=9)
        place += label + 24
    axis.set(xlim=(-15, place), ylim=(-190, 165), title="AlexNet's feature maps, drawn to scale")
    axis.set_aspect("equal")
    axis.axis("off")
    sizes = ", ".join(f"{name} {side}×{side}×{channels}" for name, side, channels in maps)
    style.show(figure, alt=(
        "AlexNet's feature maps become smaller and more numerous; the first convolution shrinks the image most. "
        f"Squares drawn to scale: photograph 227, {sizes}."))


@style.picture
def normalisation(before: np.ndarray, after: np.ndarray) -> None:
    """The channels of one pixel before and after local response normalisation.

    Parameters
    ----------
    before, after
        one value a channel, shape (channels,).
    """
    place = np.arange(len(before))
    figure, (left, right) = plt.subplots(2, 1, figsize=(8.5, 4.6), layout="constrained", sharex=True)
    for axis, values, title, colour in (
        (left, before, "Before: channels 1, 7 and 13 hold the same 30", style.ORANGE),
        (right, after, "After: channels 7 and 13 have strong neighbours", style.BLUE),
    ):
        axis.bar(place, values, color=colour, edgecolor="black")
        axis.set(title=title, ylabel="value")
        for spot, value in zip(place, values, strict=True):
            axis.annotate(f"{value:.1f}".removesuffix(".0"), (spot, value), xytext=(0, 2),
                          textcoords="offset points", ha="center", fontsize=8)
        axis.margins(y=0.15)
    right.set(xlabel="channel", xticks=place)
    style.show(figure, alt=(
        "A value becomes smallest beside a strong neighbour. Bars for the channels of one pixel, before and after "
        "local response normalisation: channels 1, 7 and 13 are all 30 before, and "
        + ", ".join(f"{after[spot]:.1f}" for spot in (1, 7, 13))
        + " after; channels 7 and 13 lie beside the strong channels 6 and 14."
    ))


@style.picture
def pooling_windows(pixels: int, kinds: Sequence[tuple[int, int]]) -> None:
    """One row of pixels and the pooling windows above it, for several kinds of pooling.

    Parameters
    ----------
    pixels
        the length of the row.
    kinds
        pairs (window, stride) in pixels.
    """
    figure, axes = plt.subplots(1, len(kinds), figsize=(4.8 * len(kinds), 2.5), layout="constrained")
    parts = []
    for axis, (window, stride) in zip(np.atleast_1d(axes), kinds, strict=True):
        starts = range(0, pixels - window + 1, stride)
        seen = {pixel for start in starts for pixel in range(start, start + window)}
        for pixel in range(pixels):
            axis.add_patch(Rectangle((pixel, 0), 1, 0.8, edgecolor="black",
                                     facecolor="white" if pixel in seen else "lightgrey",
                                     hatch=None if pixel in seen else "xx"))
            axis.text(pixel + 0.5, 0.4, pixel, ha="center", va="center",
                      bbox={"facecolor": "white", "edgecolor": "none", "pad": 1})
        for number, start in enumerate(starts):
            axis.plot([start + 0.08, start + window - 0.08], [1.2 + 0.45 * (number % 2)] * 2,
                      color=style.LINES[number % 2], linewidth=6, solid_capstyle="butt")
        axis.set(title=f"window {window}, stride {stride}: {len(starts)} results", xlim=(-0.2, pixels + 0.2),
                 ylim=(-0.1, 2.1), xlabel="pixel", xticks=[], yticks=[])
        for side in ("top", "right", "left", "bottom"):
            axis.spines[side].set_visible(False)
        parts.append(f"with window {window} and stride {stride} there are {len(starts)} windows that "
                     f"see {len(seen)} of the {pixels} pixels")
    style.show(figure, alt=(
        "The wider windows overlap by one pixel. A row of pixels with a bar above it for each pooling window: "
        + "; ".join(parts) + "."))


@style.picture
def pooled(feature_map: np.ndarray, results: Mapping[str, tuple[np.ndarray, np.ndarray]]) -> None:
    """A feature map with its winners marked, and below it what pooling makes of it.

    Parameters
    ----------
    feature_map
        shape (height, width).
    results
        for each kind of pooling the pooled map and the winners, True or False for each pixel.
    """
    figure, axes = plt.subplots(2, len(results), figsize=(4.3 * len(results), 7.6), layout="constrained")
    brightest = float(feature_map.max())
    for (top, bottom), (name, (small, winners)) in zip(axes.T, results.items(), strict=True):
        rows, columns = np.nonzero(winners & (feature_map > 0))
        style.heatmap(top, feature_map, f"{name}: {len(rows)} winners above 0", "gray", vmin=0, vmax=brightest)
        top.plot(columns, rows, "o", color=style.ORANGE, markersize=3)
        style.heatmap(bottom, small, f"pooled with {name}: {small.shape[0]}×{small.shape[1]}", "gray", vmin=0,
                      vmax=brightest)
    style.show(figure, alt=(
        "With wider windows fewer pixels win. Above, the same map of vertical edges of a ship twice, with dots on the "
        "winning pixels above 0: "
        + "; ".join(f"{name}: {int((w & (feature_map > 0)).sum())} winners" for name, (_, w) in results.items())
        + ". Below, the pooled maps; with windows of 3×3 the bright edges are broader."
    ))


@style.picture
def groups(inputs: int, outputs: int) -> None:
    """Which output channels are connected with which inputs, without groups and with two."""
    figure, axes = plt.subplots(1, 2, figsize=(9, 3.9), layout="constrained")
    for axis, number in zip(axes, (1, 2), strict=True):
        sees = np.zeros((outputs, inputs))
        for group in range(number):
            rows = slice(group * outputs // number, (group + 1) * outputs // number)
            sees[rows, group * inputs // number : (group + 1) * inputs // number] = group + 1
        for (row, column), seen in np.ndenumerate(sees):
            axis.add_patch(Rectangle(
                (column, row), 1, 1, edgecolor="black", hatch="//" if seen == 2 else None,
                facecolor={0: "white", 1: style.SKY, 2: style.ORANGE}[int(seen)]))
        axis.set(title=f"{number} group{'s' * (number > 1)}: a kernel sees {inputs // number} channels",
                 xlabel="input channel", ylabel="kernel (output channel)", xlim=(0, inputs), ylim=(outputs, 0),
                 xticks=np.arange(inputs) + 0.5, yticks=np.arange(outputs) + 0.5,
                 xticklabels=range(inputs), yticklabels=range(outputs))
        axis.set_aspect("equal")
        axis.tick_params(length=0)
    style.show(figure, alt=(
        "With two groups each kernel sees only half of the channels. "
        f"Two grids of {outputs} kernels by {inputs} input channels: with one group every field is filled, with "
        "two groups only two blocks, one for the first half of the kernels and of the channels, one for the second."
    ))


@style.picture
def parameters(whole: Sequence[int], split: Sequence[int]) -> None:
    """Parameters of the eight layers, one tower beside two groups, on a logarithmic scale."""
    place = np.arange(1, len(whole) + 1)
    figure, axis = plt.subplots(figsize=(8.5, 3.8), layout="constrained")
    axis.bar(place - 0.2, whole, 0.38, color=style.BLUE, edgecolor="black", label="one tower")
    axis.bar(place + 0.2, split, 0.38, color=style.ORANGE, edgecolor="black", hatch="//", label="two groups")
    axis.set(title="Parameters of AlexNet's layers", xlabel="layer (1 to 5 convolutions, 6 to 8 dense)",
             ylabel="parameters (logarithmic)", yscale="log", xticks=place)
    axis.legend()
    numbers = ", ".join(f"layer {layer} {count:,}" for layer, count in zip(place, whole, strict=True))
    style.show(figure, alt=(
        f"The dense layers have far more parameters than the others. Bars for the eight layers, one tower: {numbers}. "
        "With two groups layers 2, 4 and 5 have half as many."))


@style.picture
def photographs(images: np.ndarray, names: Sequence[str], columns: int = 10) -> None:
    """Photographs in a grid, each with its class above it.

    Parameters
    ----------
    images
        uint8 or float 0 to 1, shape (number, height, width, 3).
    """
    rows = -(-len(images) // columns)
    figure, axes = plt.subplots(rows, columns, figsize=(1.1 * columns, 1.4 * rows + 0.4), layout="constrained",
                                squeeze=False)
    for axis in axes.flat:
        axis.axis("off")
    for axis, image, name in zip(axes.flat, images, names, strict=False):
        axis.imshow(image)
        axis.set_title(name, fontsize=9)
    figure.suptitle(f"{len(images)} photographs of CIFAR-10, {images.shape[1]}×{images.shape[2]} pixels")
    style.show(figure, alt=f"{len(images)} small colour photographs with their classes: " + ", ".join(names) + ".")


@style.picture
def colour_shifts(image: np.ndarray, lengths: np.ndarray, directions: np.ndarray) -> None:
    """One photograph, shifted by up to one standard deviation along each component of colour.

    Parameters
    ----------
    image
        shape (height, width, 3), values 0 to 1.
    lengths
        the standard deviation of the colours along each direction, shape (3,).
    directions
        shape (3, 3), a direction a column.
    """
    steps = (-1, -0.5, 0, 0.5, 1)
    figure, axes = plt.subplots(3, len(steps), figsize=(8.2, 5.6), layout="constrained")
    for place, row in enumerate(axes):
        direction = directions[:, place] * np.sign(directions[np.argmax(np.abs(directions[:, place])), place])
        for axis, step in zip(row, steps, strict=True):
            axis.imshow(np.clip(image + step * lengths[place] * direction, 0, 1))
            axis.set(xticks=[], yticks=[])
            axis.set_title(f"{step:+g} st. dev.".replace("+0 st. dev.", "as it is"), fontsize=9)
        row[0].set_ylabel(f"component {place + 1}\n({lengths[place] ** 2:.4f})", fontsize=9)
    figure.suptitle("A photograph shifted along the principal components of colour (in brackets: variance)")
    style.show(figure, alt=(
        "Along the first component a photograph goes from dark to light, along the second from bluish to yellowish, "
        "along the third between pinkish and greenish. Three rows of five versions, one row for each component."
    ))


@style.picture
def augmented(image: np.ndarray, rows: Mapping[str, np.ndarray]) -> None:
    """A photograph, and rows of versions of it that augmentation made.

    Parameters
    ----------
    image
        shape (height, width, 3), values 0 to 1.
    rows
        a name and its versions, shape (number, height, width, 3).
    """
    columns = 1 + max(map(len, rows.values()))
    figure, axes = plt.subplots(len(rows), columns, figsize=(1.2 * columns, 1.5 * len(rows) + 0.4),
                                layout="constrained", squeeze=False)
    for row, (name, versions) in zip(axes, rows.items(), strict=True):
        for axis, picture in zip(row, (image, *versions), strict=True):
            axis.imshow(picture)
            axis.set(xticks=[], yticks=[])
        row[0].set_title("original", fontsize=9)
        row[1].set_title(name, fontsize=9)
    figure.suptitle("The same photograph, cropped, flipped and shifted in colour")
    style.show(figure, alt=(
        "All versions show the same animal, shifted by a few pixels, and about half are mirrored; with "
        f"the larger σ some are clearly darker or lighter. Rows for {', '.join(rows)}, each with the original "
        f"and {columns - 1} random versions."
    ))


@style.picture
def dropped(values: np.ndarray, training: Sequence[np.ndarray], inference: np.ndarray) -> None:
    """Hidden units as they are, after dropout in two training steps, and after dropout at inference.

    Parameters
    ----------
    values, inference
        shape (images, units).
    training
        two arrays of that shape.
    """
    figure, axes = plt.subplots(2, 2, figsize=(9.5, 5.4), layout="constrained")
    brightest = max(float(np.max(part)) for part in training)
    titles = ("the values", "in training, one step", "in training, another step", "at inference")
    for axis, title, part in zip(axes.flat, titles, (values, *training, inference), strict=True):
        image = axis.imshow(part, cmap=style.SEQUENTIAL, vmin=0, vmax=brightest)
        axis.set(title=f"{title}: mean {np.mean(part):.2f}", xlabel="unit", ylabel="image")
    figure.colorbar(image, ax=axes, label="value", shrink=0.7)
    style.show(figure, alt=(
        "In training about half of the values are zero, different ones in each step, "
        f"and the others are doubled, so the mean stays about the same: {np.mean(values):.2f} before, "
        + " and ".join(f"{np.mean(part):.2f}" for part in training)
        + " in training. At inference the values are unchanged. Four grids of images by hidden units."
    ))


@style.picture
def losses(values: Sequence[float]) -> None:
    """The training loss of each epoch."""
    epochs = np.arange(1, len(values) + 1)
    figure, axis = plt.subplots(figsize=(7, 3.4), layout="constrained")
    axis.plot(epochs, values, "-o", color=style.BLUE, label="small AlexNet")
    axis.axhline(np.log(10), color="grey", linestyle="--", label="ln 10: nothing learned")
    axis.set(title="Training loss, new photographs in each epoch", xlabel="epoch", ylabel="mean cross-entropy [nats]")
    axis.xaxis.set_major_locator(MaxNLocator(integer=True))
    axis.legend()
    style.show(figure, alt=(
        f"The training loss goes from {values[0]:.2f} to {values[-1]:.2f} in {len(values)} epochs; a dashed line marks "
        "ln 10 = 2.30, the loss of a network that has learned nothing."
    ))


@style.picture
def best_guesses(images: np.ndarray, labels: Sequence[int], probabilities: np.ndarray, names: Sequence[str]) -> None:
    """Photographs with the five most probable classes of each as bars; the bar of the true class is dark.

    Parameters
    ----------
    images
        shape (number, height, width, 3).
    probabilities
        shape (number, classes), 0 to 1.
    """
    figure, axes = plt.subplots(2, len(images), figsize=(1.95 * len(images), 4.2), layout="constrained")
    for (top, bottom), image, label, shares in zip(axes.T, images, labels, probabilities, strict=True):
        top.imshow(image)
        top.set(title=names[label], xticks=[], yticks=[])
        best = np.argsort(-shares)[:5]
        bottom.barh(range(5), 100 * shares[best], edgecolor="black",
                    color=[style.BLUE if place == label else style.ORANGE for place in best])
        bottom.set(xlim=(0, 100), ylim=(4.6, -0.6), yticks=[], xlabel="probability [%]")
        for row, place in enumerate(best):
            bottom.text(98, row, names[place], va="center", ha="right", fontsize=8,
                        fontweight="bold" if place == label else "normal",
                        bbox={"facecolor": "white", "edgecolor": "none", "alpha": 0.8, "pad": 0.8})
    figure.suptitle("The five best guesses; the true class is bold and dark")
    best = np.argsort(-probabilities, axis=1)[:, :5]
    style.show(figure, alt="Photographs with the probabilities of their five best guesses: " + "; ".join(
        f"true class {names[label]}, first guess {names[guesses[0]]}, "
        + ("the true class is among the five" if label in guesses else "the true class is not among the five")
        for label, guesses in zip(labels, best, strict=True)
    ) + ".")


@style.picture
def ablation(tables: Mapping[str, Mapping[str, Mapping[str, Sequence[float]]]]) -> None:
    """Top-1 error of each variant, its mean and each single run; one panel a table.

    Parameters
    ----------
    tables
        a title, and for each variant its lists "top1" (0 to 1), one number a seed. The first
        variant is the one that the others are compared with.
    """
    figure, axes = plt.subplots(1, len(tables), figsize=(5.4 * len(tables) + 1, 4), layout="constrained",
                                squeeze=False, sharey=True)
    texts = []
    for axis, (title, table) in zip(axes[0], tables.items(), strict=True):
        for place, runs in enumerate(table.values()):
            errors = 100 * np.array(runs["top1"])
            axis.plot(errors, np.full(len(errors), place) + 0.18, "|", color="black", markersize=9)
            axis.errorbar(errors.mean(), place, xerr=errors.std(ddof=1) if len(errors) > 1 else None, capsize=5,
                          fmt=style.MARKERS[0 if place == 0 else 1], markersize=8,
                          color=style.BLUE if place == 0 else style.VERMILION)
            if place == 0:
                axis.axvline(errors.mean(), color=style.BLUE, linestyle="--", linewidth=1)
        axis.set(title=title, xlabel="top-1 error on the test set [%]", yticks=range(len(table)),
                 yticklabels=list(table), ylim=(len(table) - 0.5, -0.6))
        axis.grid(axis="x", alpha=0.3)
        texts.append(f"{title}: " + ", ".join(
            f"{variant} {100 * np.mean(runs['top1']):.1f} %" for variant, runs in table.items()))
    axes[0, 0].set_ylabel("network")
    style.show(figure, alt=(
        "Top-1 error of networks that lack one idea each, mean and standard deviation with single runs as "
        "strokes; a dashed line marks the network with everything. " + ". ".join(texts) + "."
    ))
