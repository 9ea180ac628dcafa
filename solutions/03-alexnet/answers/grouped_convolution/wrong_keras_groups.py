# Leaves the grouping to the argument groups of Keras's layer.
# Loses: test_grouped_convolution
# Told: splits them into groups by itself
def grouped_convolution(images, kernel, groups: int, stride: int = 1, padding: str = "SAME"):
    layer = tf.keras.layers.Conv2D(kernel.shape[-1], kernel.shape[:2], stride, padding.lower(), groups=groups, use_bias=False)
    layer.build(images.shape)
    layer.set_weights([kernel])
    return layer(images)
