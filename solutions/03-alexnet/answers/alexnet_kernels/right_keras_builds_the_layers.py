# Keras layers are built and asked for their kernels; lists instead of tuples.
def alexnet_kernels(groups: int = 1, classes: int = 1000) -> list:
    found = []
    below = 3
    for number, size, filters in ((1, 11, 96), (2, 5, 256), (3, 3, 384), (4, 3, 384), (5, 3, 256)):
        layer = tf.keras.layers.Conv2D(filters, size, groups=groups if number in (2, 4, 5) else 1)
        layer.build((None, 27, 27, below))
        found.append(list(layer.kernel.shape))
        below = filters
    return found + [[36 * below, 4096], [4096, 4096], [4096, classes]]
