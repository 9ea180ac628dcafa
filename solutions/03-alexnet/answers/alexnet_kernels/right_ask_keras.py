# Keras is asked for the shapes of its own layers, symbolically.
def alexnet_kernels(groups: int = 1, classes: int = 1000) -> list:
    plan_of_layers = [(96, 11, 3, 1), (256, 5, 96, groups), (384, 3, 256, 1), (384, 3, 384, groups), (256, 3, 384, groups)]
    shapes = []
    for kernels, size, inputs, parts in plan_of_layers:
        layer = tf.keras.layers.Conv2D(kernels, size, groups=parts)
        layer.build((None, 13, 13, inputs))
        shapes.append(tuple(layer.kernel.shape))
    previous = 6 * 6 * 256
    for units in (4096, 4096, classes):
        shapes.append((previous, units))
        previous = units
    return shapes
