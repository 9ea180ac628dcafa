"""The pictures of the assignment on LeNet-5: digits, curves, filters, feature maps, mistakes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import matplotlib.pyplot as plt
import numpy as np
from matplotlib.patches import Rectangle
from matplotlib.ticker import MaxNLocator

from cnnlab.figures import style


@style.picture
def digits(images: np.ndarray, labels: Sequence[int], columns: int = 10) -> None:
    """Images in a grid, each with its label above it.

    Parameters
    ----------
    images
        grey images of shape (number, height, width), 0 is paper.
    labels
        the digit of each.
    """
    rows = -(-len(images) // columns)
    figure, axes = plt.subplots(
        rows, columns, figsize=(0.95 * columns, 1.2 * rows + 0.6), layout="constrained",
        squeeze=False,
    )
    for axis in axes.flat:
        axis.axis("off")
    for axis, image, label in zip(axes.flat, images, labels, strict=False):
        axis.imshow(image, cmap="gray_r", vmin=0, vmax=255)
        axis.set_title(str(label), fontsize=10)
    figure.suptitle(f"{len(images)} handwritten digits, {images.shape[1]}×{images.shape[2]} pixels")
    style.show(figure, alt=(
        f"{len(images)} handwritten digits in different handwritings, in grey, with their labels: "
        + ", ".join(map(str, labels)) + "."
    ))


@style.picture
def pixels(image: np.ndarray, top: int, left: int, size: int = 8) -> None:
    """A digit, and the numbers behind one square part of it.

    Parameters
    ----------
    image
        uint8 of shape (height, width).
    top, left, size
        the part that is shown enlarged, in pixels.
    """
    part = image[top : top + size, left : left + size]
    figure, (whole, close) = plt.subplots(1, 2, figsize=(9, 4.4), layout="constrained")
    style.heatmap(whole, image, "The whole digit", "gray_r", vmin=0, vmax=255)
    whole.add_patch(Rectangle(
        (left - 0.5, top - 0.5), size, size, fill=False, edgecolor=style.VERMILION, linewidth=2.5
    ))
    close.imshow(part, cmap="gray_r", vmin=0, vmax=255, extent=(
        left - 0.5, left + size - 0.5, top + size - 0.5, top - 0.5
    ))
    for (row, column), value in np.ndenumerate(part):
        close.text(left + column, top + row, int(value), ha="center", va="center", fontsize=9,
                   color="white" if value > 120 else "black")
    close.set(title="The numbers in the frame", xlabel="column [pixels]", ylabel="row [pixels]")
    style.show(figure, alt=(
        f"A handwritten digit of {image.shape[0]} by {image.shape[1]} pixels, and the {size} by "
        f"{size} pixel values inside a frame on it, whole numbers from {part.min()} (paper) to "
        f"{part.max()} (ink)."
    ))


@style.picture
def architecture(stages: Sequence[tuple[str, tuple[int, ...]]]) -> None:
    """A network as a row of stacked feature maps; vectors as columns.

    Parameters
    ----------
    stages
        for each stage its name and its shape: (height, width, channels) or (units,).
    """
    figure, axis = plt.subplots(figsize=(11.5, 4), layout="constrained")
    place = 0.0
    for number, (name, shape) in enumerate(stages):
        colour = style.LINES[0] if number % 2 else style.ORANGE
        if len(shape) == 3:
            height, width, channels = shape
            for sheet in range(min(channels, 6), 0, -1):
                shift = 1.3 * (sheet - 1)
                axis.add_patch(Rectangle(
                    (place + shift, shift - height / 2), width, height, facecolor="white",
                    edgecolor=colour, linewidth=1.3,
                ))
            wide = width + 1.3 * (min(channels, 6) - 1)
        else:
            tall, wide = 4 + shape[0] / 14, 2.5
            axis.add_patch(Rectangle(
                (place, -tall / 2), wide, tall, facecolor=colour, edgecolor=colour, alpha=0.75
            ))
        text = "×".join(map(str, shape))
        lift = 3.4 if number % 2 else 0.0  # neighbours on two levels, so that nothing overlaps
        axis.text(place + wide / 2, -23.5 - lift * 1.8, f"{name}\n{text}", ha="center", va="top",
                  fontsize=9)
        place += wide + 9
    axis.set(xlim=(-4, place), ylim=(-40, 24), title="LeNet-5, from the image to the logits")
    axis.set_aspect("equal")
    axis.axis("off")
    style.show(figure, alt="LeNet-5 as a row of blocks, from the image to the logits: " + ", ".join(
        f"{name} {'×'.join(map(str, shape))}" for name, shape in stages
    ) + ". The maps become smaller and more numerous, then turn into vectors.")


@style.picture
def early_stopping(losses: Sequence[float], patience: int) -> None:
    """Validation losses by hand: the best epoch, the epochs of patience after it, the stop.

    Parameters
    ----------
    losses
        one an epoch; with this patience training stops within them.
    patience
        so many epochs in a row without a new lowest loss end the training.
    """
    losses = list(losses)
    stop = next(
        epoch for epoch in range(len(losses)) if epoch - int(np.argmin(losses[: epoch + 1])) == patience
    )
    best = stop - patience
    epochs = np.arange(1, len(losses) + 1)
    figure, axis = plt.subplots(figsize=(7, 3.6), layout="constrained")
    axis.plot(epochs[: stop + 1], losses[: stop + 1], "-o", color=style.BLUE, label="validation loss")
    axis.plot(epochs[stop:], losses[stop:], ":o", color="grey", fillstyle="none",
              label="never trained")
    axis.plot(best + 1, losses[best], "*", color=style.VERMILION, markersize=17,
              label=f"best: epoch {best + 1}, its weights are kept")
    axis.axvspan(best + 1, stop + 1, color=style.SKY, alpha=0.25,
                 label=f"patience: {patience} epochs without a new minimum")
    axis.set(title=f"Early stopping with patience {patience}", xlabel="epoch",
             ylabel="validation loss [nats]", xticks=epochs)
    axis.legend(fontsize=9)
    style.show(figure, alt=(
        f"Validation loss over the epochs: {', '.join(f'{loss:.2f}' for loss in losses)}. Epoch "
        f"{best + 1} is the best; {patience} epochs later, after epoch {stop + 1}, training stops "
        "and no later epoch is trained."
    ))


@style.picture
def learning_curves(history: Mapping[str, Sequence[float]]) -> None:
    """Loss and accuracy after each epoch, on the training and on the validation images.

    Parameters
    ----------
    history
        "loss", "val_loss", "accuracy", "val_accuracy": a value an epoch (`History.history`).
    """
    epochs = np.arange(1, len(history["loss"]) + 1)
    best = int(np.argmin(history["val_loss"]))
    figure, (left, right) = plt.subplots(1, 2, figsize=(10, 3.8), layout="constrained")
    for axis, key in ((left, "loss"), (right, "accuracy")):
        axis.plot(epochs, history[key], "-o", color=style.BLUE, label="training")
        axis.plot(epochs, history[f"val_{key}"], "--s", color=style.ORANGE, label="validation")
        axis.plot(best + 1, history[f"val_{key}"][best], "*", color=style.VERMILION, markersize=16,
                  label=f"kept: epoch {best + 1}")
        axis.xaxis.set_major_locator(MaxNLocator(integer=True))
        axis.legend()
    left.set(title="Loss", xlabel="epoch", ylabel="mean cross-entropy [nats]")
    right.set(title="Accuracy", xlabel="epoch", ylabel="fraction of images classified correctly")
    style.show(figure, alt=(
        f"Learning curves over {len(epochs)} epochs. Training loss goes from "
        f"{history['loss'][0]:.3f} to {history['loss'][-1]:.3f}, validation loss from "
        f"{history['val_loss'][0]:.3f} to {history['val_loss'][-1]:.3f}, lowest in epoch {best + 1}; "
        f"validation accuracy from {history['val_accuracy'][0]:.3f} to "
        f"{history['val_accuracy'][-1]:.3f}."
    ))


@style.picture
def filters(kernels: np.ndarray, title: str) -> None:
    """The kernels of a layer with one input channel, on one signed scale with zero in white.

    Parameters
    ----------
    kernels
        shape (height, width, number).
    """
    number = kernels.shape[-1]
    limit = float(np.abs(kernels).max())
    figure, axes = plt.subplots(1, number, figsize=(1.75 * number, 2.5), layout="constrained")
    for index, axis in enumerate(np.atleast_1d(np.asarray(axes))):
        image = style.heatmap(
            axis, kernels[..., index], f"kernel {index}", style.DIVERGING, vmin=-limit, vmax=limit
        )
        axis.set(xticks=range(0, kernels.shape[1], 2), yticks=range(0, kernels.shape[0], 2))
        if index:
            axis.set(ylabel="")
    figure.colorbar(image, ax=axes, label="weight", shrink=0.8)
    figure.suptitle(title)
    style.show(figure, alt=(
        f"{number} learned kernels of {kernels.shape[0]} by {kernels.shape[1]} weights. Some "
        "have positive weights on one side and negative weights on the other: they respond to "
        "edges and strokes in one direction."
    ))


@style.picture
def feature_maps(image: np.ndarray, maps: Mapping[str, np.ndarray]) -> None:
    """One image, and below it a row of feature maps for each stage.

    Parameters
    ----------
    image
        shape (height, width).
    maps
        the name of a stage, and its maps of shape (height, width, channels); at most 16 are drawn.
    """
    columns = max(min(values.shape[-1], 16) for values in maps.values())
    figure, axes = plt.subplots(
        1 + len(maps), columns, figsize=(0.75 * columns, 1.15 * (1 + len(maps)) + 0.4),
        layout="constrained",
    )
    for axis in axes.flat:
        axis.axis("off")
    axes[0, 0].imshow(image, cmap="gray_r")
    titles = [f"image, {image.shape[0]}×{image.shape[1]}"]
    for row, (name, values) in zip(axes[1:], maps.items(), strict=True):
        titles.append(f"{name}, {'×'.join(map(str, values.shape))}")
        brightest = max(float(values.max()), 1e-6)
        for axis, values_of_map in zip(row, np.moveaxis(values, -1, 0), strict=False):
            axis.imshow(values_of_map, cmap=style.SEQUENTIAL, vmin=0, vmax=brightest)
    for row, title in zip(axes, titles, strict=True):
        name = row[0].text(0, 1.08, title, fontsize=10, transform=row[0].transAxes)
        name.set_in_layout(False)  # it is wider than its map, and should not push the next one away
    figure.set_layout_engine("constrained", h_pad=0.13)
    figure.suptitle("One digit on its way through the network (bright: strong response)")
    style.show(figure, alt=(
        "One handwritten digit and its feature maps: "
        + ", ".join(f"{name} {'×'.join(map(str, v.shape))}" for name, v in maps.items())
        + ". The first maps still show the digit, each with different strokes bright; in the coarse "
        "patterns of the last maps it can no longer be read."
    ))


@style.picture
def confusion(matrix: np.ndarray) -> None:
    """A confusion matrix with its counts; the colours show the mistakes only.

    Parameters
    ----------
    matrix
        whole numbers of shape (classes, classes): rows are the true classes.
    """
    classes = len(matrix)
    mistakes = np.where(np.eye(classes, dtype=bool), 0, matrix)
    figure, axis = plt.subplots(figsize=(7, 6), layout="constrained")
    image = axis.imshow(mistakes, cmap="Oranges")
    for (row, column), count in np.ndenumerate(matrix):
        right = row == column
        dark = not right and mistakes[row, column] > 0.6 * max(mistakes.max(), 1)
        axis.text(column, row, str(int(count)), ha="center", va="center", fontsize=9,
                  fontweight="bold" if right else "normal", color="white" if dark else "black")
        if right:
            axis.add_patch(Rectangle((column - 0.5, row - 0.5), 1, 1, fill=False,
                                     edgecolor=style.BLUE, linewidth=1.5))
    axis.set(title="Confusion matrix: true and predicted digits", xlabel="predicted digit",
             ylabel="true digit", xticks=range(classes), yticks=range(classes))
    figure.colorbar(image, label="mistakes [images]", shrink=0.8)
    row, column = np.unravel_index(int(np.argmax(mistakes)), mistakes.shape)
    style.show(figure, alt=(
        f"Confusion matrix of {classes} digits. {int(np.trace(matrix))} of {int(matrix.sum())} images "
        f"lie on the diagonal: they were classified correctly. The most frequent mistake: "
        f"{row} taken for {column}, {int(mistakes[row, column])} times."
    ))


@style.picture
def worst(
    images: np.ndarray, labels: Sequence[int], predictions: Sequence[int], confidence: Sequence[float]
) -> None:
    """Misclassified images with what they are, what was predicted, and how surely.

    Parameters
    ----------
    images
        shape (number, height, width); at least one.
    confidence
        the probability that the network gave to its prediction, 0 to 1.
    """
    columns = min(6, len(images))
    rows = -(-len(images) // columns)
    figure, axes = plt.subplots(
        rows, columns, figsize=(1.6 * columns, 2 * rows + 0.5), layout="constrained", squeeze=False
    )
    for axis in axes.flat:
        axis.axis("off")
    for axis, image, label, guess, sure in zip(
        axes.flat, images, labels, predictions, confidence, strict=False
    ):
        axis.imshow(image, cmap="gray_r", vmin=0, vmax=255)
        axis.set_title(f"true {label}, said {guess}\n{sure:.1%} sure", fontsize=9)
    figure.suptitle("The worst mistakes: wrong, and sure of it")
    style.show(figure, alt="Misclassified digits, the surest first: " + "; ".join(
        f"{label} taken for a {guess} ({sure:.0%} sure)"
        for label, guess, sure in zip(labels, predictions, confidence, strict=True)
    ) + ". Many are hard to read for a person, too.")


@style.picture
def activations() -> None:
    """Sigmoid and ReLU, and their derivatives, by which a gradient is multiplied."""
    x = np.linspace(-6, 6, 601)
    sigmoid = 1 / (1 + np.exp(-x))
    figure, (left, right) = plt.subplots(1, 2, figsize=(10, 3.6), layout="constrained")
    left.plot(x, sigmoid, color=style.BLUE, label="sigmoid")
    left.plot(x, np.maximum(x, 0), "--", color=style.ORANGE, label="ReLU")
    left.set(title="Activation", xlabel="input", ylabel="output", ylim=(-0.2, 3))
    right.plot(x, sigmoid * (1 - sigmoid), color=style.BLUE, label="sigmoid")
    right.plot(x, (x > 0).astype(float), "--", color=style.ORANGE, label="ReLU")
    right.axhline(0.25, color="grey", linewidth=1, linestyle=":", label="1/4")
    right.set(title="Derivative", xlabel="input", ylabel="output per input", ylim=(-0.05, 1.1))
    for axis in (left, right):
        axis.legend()
    style.show(figure, alt=(
        "Left: the sigmoid rises from 0 to 1 in an S; ReLU is 0 below zero and a straight line "
        "above. Right: the sigmoid's derivative peaks at zero with 1/4 and is almost 0 beyond plus or "
        "minus 5; ReLU's is 0 below zero and 1 above."
    ))


@style.picture
def comparison(results: Mapping[str, tuple[float, float]], runs: int) -> None:
    """Test accuracy of each kind of network: the mean of some runs and their standard deviation.

    Parameters
    ----------
    results
        a name, and (mean, standard deviation), 0 to 1.
    runs
        of how many runs each.
    """
    figure, axis = plt.subplots(figsize=(7.5, 0.9 * len(results) + 1.4), layout="constrained")
    for place, (mean, deviation) in enumerate(results.values()):
        axis.errorbar(100 * mean, place, xerr=100 * deviation, fmt=style.MARKERS[place % 5],
                      color=style.LINES[place % 5], markersize=9, capsize=6)
        axis.annotate(f"{100 * mean:.1f} ± {100 * deviation:.1f}", (100 * mean, place),
                      xytext=(0, 11), textcoords="offset points", ha="center", fontsize=9)
    axis.set(title=f"Test accuracy after the same short training, {runs} seeds each",
             xlabel="test accuracy [%]", ylabel="network", xlim=(-3, 106),
             yticks=range(len(results)), yticklabels=list(results), ylim=(-0.6, len(results) - 0.3))
    axis.grid(axis="x", alpha=0.3)
    style.show(figure, alt="Test accuracy, mean and standard deviation: " + "; ".join(
        f"{' '.join(name.split())} {mean:.1%} plus or minus {deviation:.1%}"
        for name, (mean, deviation) in results.items()
    ) + ".")
