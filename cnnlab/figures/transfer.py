"""The pictures of the assignment on transfer learning: photographs, features, layers, curves, heat maps."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import matplotlib.pyplot as plt
import numpy as np
from matplotlib.patches import Rectangle

from cnnlab.figures import style

HATCHES = ("", "//", "..", "xx")  # in addition to the colours, for greyscale


@style.picture
def photographs(images: np.ndarray, labels: Sequence[int], names: Sequence[str], each: int = 3) -> None:
    """A column of photographs for each class.

    Parameters
    ----------
    images
        uint8 of shape (number, height, width, 3).
    labels, names
        the class of each, and the name of each class.
    each
        how many of a class; fewer where there are not so many.
    """
    figure, axes = plt.subplots(each, len(names), figsize=(1.15 * len(names), 1.15 * each + 0.9),
                                layout="constrained", squeeze=False)
    for axis in axes.flat:
        axis.axis("off")
    for column, name in zip(axes.T, range(len(names)), strict=True):
        column[0].set_title(names[name], fontsize=10)
        for axis, image in zip(column, images[np.asarray(labels) == name], strict=False):
            axis.imshow(image)
    figure.suptitle(f"Validation images, {images.shape[1]}×{images.shape[2]} pixels: a few of each class")
    style.show(figure, alt=(
        f"Small colour photographs, up to {each} of each of the classes {', '.join(names)}. The objects fill "
        "most of the image. They are seen from different sides and in front of different backgrounds."
    ))


@style.picture
def exchanged(images: np.ndarray) -> None:
    """Photographs as they are, and what a network sees that gets the colours in the wrong order.

    Parameters
    ----------
    images
        uint8 of shape (number, height, width, 3), red, green, blue.
    """
    figure, axes = plt.subplots(2, len(images), figsize=(1.5 * len(images), 3.7), layout="constrained",
                                squeeze=False)
    for axis in axes.flat:
        axis.axis("off")
    for column, image in zip(axes.T, images, strict=True):
        column[0].imshow(image)
        column[1].imshow(image[..., ::-1])
    axes[0, 0].set_title("red, green, blue: as photographed", loc="left", fontsize=10)
    axes[1, 0].set_title("red and blue swapped", loc="left", fontsize=10)
    figure.suptitle("The same photographs before and after red and blue are swapped")
    style.show(figure, alt=(
        f"{len(images)} photographs above, and below them the same ones with red and blue swapped: blue skies "
        "turn orange, brown fur turns blue. The outlines are the same."
    ))


@style.picture
def maps(image: np.ndarray, features: Mapping[str, np.ndarray], count: int = 10) -> None:
    """One photograph, and below it the first maps of each layer.

    Parameters
    ----------
    image
        uint8 of shape (height, width, 3).
    features
        for each layer's name its features, shape (h, w, channels); the first `count` are drawn.
    """
    figure, axes = plt.subplots(1 + len(features), count, figsize=(0.95 * count, 1.2 * (1 + len(features)) + 0.5),
                                layout="constrained")
    for axis in axes.flat:
        axis.axis("off")
    axes[0, 0].imshow(image)
    titles = [f"photograph, {image.shape[0]}×{image.shape[1]}"]
    for row, (name, values) in zip(axes[1:], features.items(), strict=True):
        titles.append(f"{name}, {'×'.join(map(str, values.shape))}: the first {count} channels")
        for axis, one in zip(row, np.moveaxis(values, -1, 0), strict=False):
            axis.imshow(one, cmap=style.SEQUENTIAL, vmin=0, vmax=max(float(values[..., :count].max()), 1e-6))
    for row, title in zip(axes, titles, strict=True):
        text = row[0].text(0, 1.08, title, fontsize=10, transform=row[0].transAxes)
        text.set_in_layout(False)  # it is wider than its map, and should not push the next one away
    figure.set_layout_engine("constrained", h_pad=0.13)
    figure.suptitle("One photograph and its features, block by block (bright: strong response)")
    silent = {name: float((values == 0).mean()) for name, values in features.items()}
    style.show(figure, alt=(
        "One photograph and the first channels of its features: "
        + ", ".join(
            f"{name} {'×'.join(map(str, values.shape))}, {silent[name]:.0%} of the values 0"
            for name, values in features.items()
        )
        + ". The maps get smaller from block to block; in the last ones the photograph can no longer be recognised."
    ))


@style.picture
def layers(accuracies: Mapping[str, float], images: int, cut: str) -> None:
    """The accuracy of a probe at each layer, with its standard deviation from the number of images.

    Parameters
    ----------
    accuracies
        for each layer's name the fraction of images that are classified correctly, 0 to 1.
    images
        how many images it was measured on.
    cut
        the layer that was chosen.
    """
    names, shares = list(accuracies), np.array(list(accuracies.values()))
    deviations = np.sqrt(shares * (1 - shares) / images)
    figure, axis = plt.subplots(figsize=(7.5, 3.6), layout="constrained")
    axis.errorbar(range(len(names)), 100 * shares, yerr=100 * deviations, fmt="o", color=style.BLUE,
                  markersize=9, capsize=6, label="probe, ± standard deviation")
    axis.plot(names.index(cut), 100 * accuracies[cut], "*", color=style.VERMILION, markersize=20,
              label=f"chosen: {cut}")
    axis.axhline(10, color="grey", linestyle=":", label="guessing")
    axis.set(title=f"Linear probe on {images} validation images", xlabel="layer, from the image to the top",
             ylabel="validation accuracy [%]", xticks=range(len(names)), xticklabels=names, ylim=(0, None))
    axis.legend(loc="lower left", fontsize=9)
    axis.grid(axis="y", alpha=0.3)
    style.show(figure, alt="Validation accuracy of a linear probe at each layer: " + ", ".join(
        f"{name} {share:.1%} ± {deviation:.1%}"
        for name, share, deviation in zip(names, shares, deviations, strict=True)
    ) + f". The layer chosen is {cut}; guessing would give 10%.")


@style.picture
def momentum(steps: int, momenta: Sequence[float]) -> None:
    """How much of its starting value is left in a moving average, step by step."""
    figure, axis = plt.subplots(figsize=(7.5, 3.4), layout="constrained")
    at = np.arange(steps + 1)
    for place, one in enumerate(momenta):
        axis.plot(at, 100 * one**at, color=style.LINES[place], linestyle=style.DASHES[place], linewidth=2.5,
                  label=f"momentum {one}")
    axis.axvline(80, color="grey", linestyle=":", label="80 steps: 10 epochs of 8 batches")
    axis.set(title="What is left of the starting value in a moving average", xlabel="training steps",
             ylabel="fraction of the starting value [%]", xlim=(0, steps), ylim=(0, 103))
    axis.legend()
    axis.grid(alpha=0.3)
    style.show(figure, alt="The fraction of the starting value left in a moving average falls with every step: " + (
        "; ".join(f"with momentum {one} to {one**80:.1%} after 80 steps" for one in momenta)) + ".")


@style.picture
def plan_of_network(poolings: Sequence[str], before_cut: str, cut: str) -> None:
    """The trunk's blocks and the head as a row: what is frozen, kept, trained and left out.

    Parameters
    ----------
    poolings
        the last layer of each block, from the image on.
    before_cut, cut
        the pooling whose output is kept, and the one after the block that is fine-tuned.
    """
    kept, last = poolings.index(before_cut), poolings.index(cut)
    figure, axis = plt.subplots(figsize=(10.5, 2.9), layout="constrained")
    names = [f"block {place + 1}" for place in range(last + 1)] + ["head"]
    names += [f"block {place + 1}" for place in range(last + 1, len(poolings))]
    kinds = ["frozen, computed once"] * (kept + 1) + ["fine-tuned, inference mode"] * (last - kept)
    kinds += ["trained, training mode"] + ["left out"] * (len(poolings) - last - 1)
    looks = {"frozen, computed once": (style.SKY, ""), "fine-tuned, inference mode": (style.ORANGE, "//"),
             "trained, training mode": (style.VERMILION, ".."), "left out": ("white", "")}
    drawn = set()
    for place, (name, kind) in enumerate(zip(names, kinds, strict=True)):
        colour, hatch = looks[kind]
        axis.add_patch(Rectangle((1.5 * place, 0), 1, 1, facecolor=colour, edgecolor="black", hatch=hatch,
                                 linestyle=":" if kind == "left out" else "-",
                                 label=None if kind in drawn else kind))
        drawn.add(kind)
        axis.text(1.5 * place + 0.5, 0.5, name, ha="center", va="center", fontsize=11,
                  bbox={"facecolor": "white", "edgecolor": "none", "alpha": 0.85, "pad": 2})
        if place <= last:
            axis.annotate("", (1.5 * place + 1.47, 0.5), (1.5 * place + 1.03, 0.5), arrowprops={"arrowstyle": "->"})
    axis.annotate("features kept here:\n" + before_cut, (1.5 * kept + 1.25, 0.47), (1.5 * kept + 1.25, -0.75),
                  ha="center", fontsize=10, arrowprops={"arrowstyle": "-", "linestyle": "--"})
    axis.set(xlim=(-0.2, 1.5 * len(names)), ylim=(-0.95, 1.2), title="Fine-tuning the last block that is kept")
    axis.legend(loc="lower right", fontsize=9, ncols=2)
    axis.axis("off")
    style.show(figure, alt="A row of blocks: " + ", ".join(
        f"{name} ({kind})" for name, kind in zip(names, kinds, strict=True)
    ) + f". The features are kept after {before_cut}.")


@style.picture
def changes(moved: Mapping[str, float]) -> None:
    """How far each kernel has moved, as a fraction of its own norm.

    Parameters
    ----------
    moved
        for each layer's name the norm of the change divided by the norm of the kernel.
    """
    names, shares = list(moved), np.array(list(moved.values()))
    figure, axis = plt.subplots(figsize=(9, 3.5), layout="constrained")
    axis.bar(range(len(names)), 100 * shares, color=[style.ORANGE if share else style.SKY for share in shares],
             edgecolor="black", hatch=["//" if share else "" for share in shares])
    for place, share in enumerate(shares):
        axis.annotate(f"{100 * share:.2g}" if share else "0", (place, 100 * share), xytext=(0, 3),
                      textcoords="offset points", ha="center", fontsize=9)
    axis.set(title="How far fine-tuning has moved each kernel", xlabel="layer", ylabel="change [% of its norm]",
             xticks=range(len(names)), ylim=(0, max(118 * float(shares.max()), 1e-3)))
    axis.set_xticklabels([name.replace("_", "\n") for name in names], fontsize=8)
    still = [name for name, share in moved.items() if share == 0]
    style.show(figure, alt=f"Change of each of {len(names)} kernels: exactly 0 for {', '.join(still)}; " + ", ".join(
        f"{name} {share:.2%}" for name, share in moved.items() if share) + " of its norm.")


@style.picture
def curves(table: Mapping[str, np.ndarray], counts: Sequence[int], seeds: int) -> None:
    """Test accuracy against the number of labelled images, a curve with error bars for each method.

    Parameters
    ----------
    table
        for each method an array of shape (len(counts), 2): mean and standard deviation, 0 to 1.
    counts
        labelled images per class.
    seeds
        how many runs each point comes from.
    """
    figure, axis = plt.subplots(figsize=(8, 4.6), layout="constrained")
    for place, (method, curve) in enumerate(table.items()):
        apart = 1.035 ** (place - (len(table) - 1) / 2)  # so that error bars lie side by side
        axis.errorbar(np.array(counts) * apart, 100 * curve[:, 0], yerr=100 * curve[:, 1], label=method,
                      color=style.LINES[place], linestyle=style.DASHES[place], marker=style.MARKERS[place],
                      markersize=8, capsize=5)
    axis.set(title=f"Three ways to learn from few images (mean ± standard deviation of {seeds} seeds)",
             xlabel="labelled images per class", ylabel="test accuracy [%]", xscale="log")
    axis.set_xticks(counts, [str(count) for count in counts])
    axis.minorticks_off()
    axis.legend()
    axis.grid(alpha=0.3)
    style.show(figure, alt=f"Test accuracy with {', '.join(map(str, counts))} labelled images per class: " + "; ".join(
        f"{method} " + ", ".join(f"{mean:.1%} ± {deviation:.1%}" for mean, deviation in curve)
        for method, curve in table.items()) + ".")


@style.picture
def heat_maps(
    images: np.ndarray,
    labels: Sequence[int],
    rows: Sequence[Sequence[tuple[int, float, np.ndarray]]],
    names: Sequence[str],
) -> None:
    """Photographs, and on each the evidence for its first and second choice.

    Parameters
    ----------
    images
        uint8 of shape (number, height, width, 3).
    labels
        the true class of each.
    rows
        for each image, for each choice: the class, its probability, the heat map of shape (h, w), 0 to 1.
    names
        the name of each class.
    """
    choices = len(rows[0])
    figure, axes = plt.subplots(1 + choices, len(images), figsize=(1.65 * len(images) + 0.9, 2 * (1 + choices)),
                                layout="constrained", squeeze=False)
    for axis in axes.flat:
        axis.axis("off")
    height, width = images.shape[1:3]
    for column, image, label, found in zip(axes.T, images, labels, rows, strict=True):
        column[0].imshow(image)
        column[0].set_title(f"true: {names[label]}", fontsize=9)
        for axis, (one, probability, heat) in zip(column[1:], found, strict=True):
            axis.imshow(image.mean(axis=-1), cmap="gray", vmin=0, vmax=255)
            drawn = axis.imshow(heat, cmap="inferno", alpha=0.6, vmin=0, vmax=1, interpolation="bilinear",
                                extent=(-0.5, width - 0.5, height - 0.5, -0.5))
            axis.set_title(f"{names[one]}, {probability:.0%}", fontsize=9)
    figure.colorbar(drawn, ax=axes[1:], label="evidence, fraction of the largest", shrink=0.7)
    figure.suptitle("Grad-CAM: evidence for the first choice (middle) and for the second choice (below)")
    style.show(figure, alt="Photographs with heat maps of the evidence. " + "; ".join(
        f"True class {names[label]}: " + ", then ".join(
            f"{names[one]} ({probability:.0%}), brightest {_place(heat)}" for one, probability, heat in found)
        for label, found in zip(labels, rows, strict=True)) + ".")


@style.picture
def evidence(
    photograph: np.ndarray,
    probabilities: np.ndarray,
    heats: Sequence[np.ndarray],
    names: Sequence[str],
    chosen: int,
) -> None:
    """One photograph, the evidence for a class in it, and the probability of every class.

    Parameters
    ----------
    photograph
        uint8 of shape (height, width, 3).
    probabilities, heats, names
        for each class its probability, its heat map of shape (h, w), 0 to 1, and its name.
    chosen
        the class whose heat map is drawn.
    """
    figure, axes = plt.subplots(1, 3, figsize=(10.5, 3.5), layout="constrained")
    height, width = photograph.shape[:2]
    axes[0].imshow(photograph)
    axes[0].set_title("photograph")
    axes[1].imshow(photograph.mean(axis=-1), cmap="gray", vmin=0, vmax=255)
    drawn = axes[1].imshow(heats[chosen], cmap="inferno", alpha=0.6, vmin=0, vmax=1, interpolation="bilinear",
                           extent=(-0.5, width - 0.5, height - 0.5, -0.5))
    axes[1].set_title(f"evidence for {names[chosen]}")
    figure.colorbar(drawn, ax=axes[1], label="fraction of the largest value")
    for axis in axes[:2]:
        axis.set(xlabel="column [pixels]", ylabel="row [pixels]")
    picked = [place == chosen for place in range(len(names))]
    axes[2].barh(range(len(names)), 100 * np.asarray(probabilities), edgecolor="black",
                 color=[style.VERMILION if one else style.SKY for one in picked],
                 hatch=["//" if one else "" for one in picked])
    axes[2].set(title="what the network predicts", xlabel="probability [%]", xlim=(0, 100),
                yticks=range(len(names)), yticklabels=list(names))
    axes[2].invert_yaxis()
    place = _place(heats[chosen])
    found = f"The evidence for {names[chosen]} is strongest {place}" if place != "nowhere" else (
        f"Nothing in the photograph speaks for {names[chosen]}")
    style.show(figure, alt=(
        f"{found}; the network gives this class a probability of {probabilities[chosen]:.1%}. The photograph of "
        f"{height}×{width} pixels, the same in grey with the heat map on it, and bars with the probabilities of all "
        f"{len(names)} classes."
    ))


def _place(heat: np.ndarray) -> str:
    """Where the largest value of a heat map is, in words."""
    if heat.max() <= 0:
        return "nowhere"
    row, column = np.unravel_index(int(np.argmax(heat)), heat.shape)
    vertical = ("at the top", "in the middle", "at the bottom")[min(2, 3 * row // heat.shape[0])]
    horizontal = ("left", "centre", "right")[min(2, 3 * column // heat.shape[1])]
    return f"{vertical} {horizontal}"
