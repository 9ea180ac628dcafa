# right: functools.reduce over the list of all parts
from functools import reduce
from itertools import pairwise


def cifar_resnet(blocks, filters=(16, 32, 64), classes=10, shortcut="padding"):
    if blocks < 1:
        raise ValueError("at least one block")
    parts = [
        tf.keras.layers.Conv2D(filters[0], 3, padding="same", use_bias=False, kernel_initializer="he_normal"),
        tf.keras.layers.BatchNormalization(momentum=0.9),
        tf.keras.layers.ReLU(),
        stage(filters[0], filters[0], blocks, 1, shortcut),
        *(stage(fewer, more, blocks, 2, shortcut) for fewer, more in pairwise(filters)),
        tf.keras.layers.GlobalAveragePooling2D(),
        tf.keras.layers.Dense(classes),
    ]
    image = tf.keras.Input((None, None, 3))
    return tf.keras.Model(image, reduce(lambda maps, part: part(maps), parts, image))
