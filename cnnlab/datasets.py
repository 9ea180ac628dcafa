"""The data sets in `data/`: only when their bytes are the right ones. Where they lie is the concern of files.py."""

from __future__ import annotations

import io

import numpy as np

from cnnlab import files
from cnnlab.files import DataError

# SHA-256 of the files as `data/rebuild.py` writes them; data/README.md says what is in them.
CHECKSUMS = {
    "mnist.npz": "39b9b1ffaa0ba4d8995a616551f0966941fe02a3fe79ba4a9db7373db16d53ad",
    "cifar10.npz": "37735c9ed13bfa125587ab158103ae5a938e32da50e363104fe62af7a49b54af",
    "photographs.npz": "7ec5b23a99a72184a07ba060daf5c66ddd085a80d8d48fc4ee40c6fb7a525ed8",
}
MEGABYTES = {"mnist.npz": 11, "cifar10.npz": 34, "photographs.npz": 0.03}  # of the same files
# The classes of CIFAR-10 in the order of its labels, by its author's names.
CIFAR10_CLASSES = (
    "airplane", "automobile", "bird", "cat", "deer", "dog", "frog", "horse", "ship", "truck",
)


def mnist() -> tuple[tuple[np.ndarray, np.ndarray], tuple[np.ndarray, np.ndarray]]:
    """All of MNIST: handwritten digits, in the order of the original files.

    Returns
    -------
    (train_images, train_labels), (test_images, test_labels)
        images: uint8 of shape (60000, 28, 28) and (10000, 28, 28), 0 is paper, 255 is ink;
        labels: uint8 of shape (60000,) and (10000,), the digit 0 to 9.

    Raises
    ------
    DataError
        if mnist.npz can be neither found nor fetched, cannot be read or is not the original.

    References
    ----------
    Y. LeCun, L. Bottou, Y. Bengio and P. Haffner, "Gradient-based learning applied to document
    recognition", Proceedings of the IEEE 86(11), 1998.
    """
    arrays = _load("mnist.npz")
    return (
        (arrays["train_images"], arrays["train_labels"]),
        (arrays["test_images"], arrays["test_labels"]),
    )


def cifar10(full: bool = False) -> tuple[tuple[np.ndarray, np.ndarray], tuple[np.ndarray, np.ndarray]]:
    """CIFAR-10: small colour photographs of ten classes, `CIFAR10_CLASSES`.

    Parameters
    ----------
    full
        False: the subset in the repository, the first 1,000 training and the first 200 test images
        of each class, in the order of the original. True: all 50,000 and 10,000, in the same
        order; Keras downloads them (170 MB) where it has not done so before.

    Returns
    -------
    (train_images, train_labels), (test_images, test_labels)
        images: uint8 of shape (10000, 32, 32, 3) and (2000, 32, 32, 3), or (50000, 32, 32, 3) and
        (10000, 32, 32, 3); red, green and blue, 0 to 255;
        labels: uint8 of shape (10000,) and (2000,), or (50000,) and (10000,), 0 to 9.

    Raises
    ------
    DataError
        if cifar10.npz can be neither found nor fetched, cannot be read or is not the original; with
        `full=True`, if Keras cannot get its copy.

    References
    ----------
    A. Krizhevsky, "Learning multiple layers of features from tiny images", 2009.
    """
    if full:
        return _keras_cifar10()
    arrays = _load("cifar10.npz")
    return (
        (arrays["train_images"], arrays["train_labels"]),
        (arrays["test_images"], arrays["test_labels"]),
    )


def _keras_cifar10():
    """All of CIFAR-10 from Keras, which checks the SHA-256 of what it downloads; labels made flat."""
    import tensorflow as tf  # takes seconds: only where it is asked for

    remedy = "Go online and run the cell again, or go on with the 12,000 images of cifar10(full=False)."
    try:
        parts = tf.keras.datasets.cifar10.load_data()
    except Exception as error:  # no network, a cut or damaged copy: Keras lets many kinds through
        reason = " ".join(str(error).split())[:200]
        raise DataError(f"All of CIFAR-10 could not be fetched from Keras ({reason}). {remedy}") from None
    (train_images, train_labels), (test_images, test_labels) = parts
    return (train_images, train_labels.ravel()), (test_images, test_labels.ravel())


def photographs() -> dict[str, np.ndarray]:
    """Ten small colour photographs: the first of each CIFAR-10 class in the training set.

    Returns
    -------
    dict
        the class name, and its photograph: uint8 of shape (32, 32, 3), red, green, blue.

    Raises
    ------
    DataError
        if photographs.npz can be neither found nor fetched, cannot be read or is not the original.
    """
    images = _load("photographs.npz")["images"]
    return dict(zip(CIFAR10_CLASSES, images, strict=True))


def _load(name: str) -> dict[str, np.ndarray]:
    """Every array of a data file, after its checksum held; nothing is returned half-read."""
    with np.load(io.BytesIO(files.read(name, CHECKSUMS[name])), allow_pickle=False) as archive:
        return {key: archive[key] for key in archive.files}
