"""The data sets in `data/`: read without a network, and only when their bytes are the right ones."""

from __future__ import annotations

import hashlib
import io
import os
from pathlib import Path

import numpy as np

# SHA-256 of the files as `data/rebuild.py` writes them; data/README.md says what is in them.
CHECKSUMS = {
    "mnist.npz": "39b9b1ffaa0ba4d8995a616551f0966941fe02a3fe79ba4a9db7373db16d53ad",
    "photographs.npz": "30d7955f4f9fd5229893adf30c6d9ed09ac64b0699f9720de098782d5caec4fa",
}


class DataError(Exception):
    """A data file is missing or damaged. Its text is one sentence: which, what, what to do."""


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
        if data/mnist.npz is missing, cannot be read or is not the original.

    References
    ----------
    Y. LeCun, L. Bottou, Y. Bengio and P. Haffner, "Gradient-based learning applied to document
    recognition", Proceedings of the IEEE 86(11), 1998.
    """
    files = _load("mnist.npz")
    return (
        (files["train_images"], files["train_labels"]),
        (files["test_images"], files["test_labels"]),
    )


def photographs() -> dict[str, np.ndarray]:
    """Ten small colour photographs, one of each CIFAR-10 class: the first of it in the training set.

    Returns
    -------
    dict
        the class name, and its photograph: uint8 of shape (32, 32, 3), red, green, blue.

    Raises
    ------
    DataError
        if data/photographs.npz is missing, cannot be read or is not the original.

    References
    ----------
    A. Krizhevsky, "Learning multiple layers of features from tiny images", 2009.
    """
    return dict(_load("photographs.npz"))


def data_folder() -> Path:
    """The folder of the data files: `data/` beside the package, or where CNNLAB_DATA says."""
    default = Path(__file__).resolve().parent.parent / "data"
    return Path(os.environ.get("CNNLAB_DATA", default))


def _load(name: str) -> dict[str, np.ndarray]:
    """Every array of a data file, after its checksum held; nothing is returned half-read."""
    path = data_folder() / name
    remedy = "Restore it with `git checkout -- data`, or rebuild it with `python data/rebuild.py`."
    try:
        content = path.read_bytes()
    except OSError as error:
        raise DataError(f"The data file {path} cannot be read ({error.strerror}). {remedy}") from None
    found = hashlib.sha256(content).hexdigest()
    if found != CHECKSUMS[name]:
        raise DataError(
            f"The data file {path} is damaged: its SHA-256 should be {CHECKSUMS[name]}, "
            f"but is {found} ({len(content):,} bytes). {remedy}"
        )
    with np.load(io.BytesIO(content), allow_pickle=False) as archive:
        return {key: archive[key] for key in archive.files}
