# Keras's Conv2D with its argument groups does the grouping ("Put it together from ordinary convolutions").
# Loses: test_grouped_convolution
# Told: exactly the channels that its kernels see
def grouped_convolution(images, kernel, groups: int, stride: int = 1, padding: str = "SAME"):
    kernel = np.asarray(kernel)
    layer = tf.keras.layers.Conv2D(kernel.shape[3], kernel.shape[:2], stride, padding.lower(), groups=groups, use_bias=False)
    layer.build(tuple(images.shape))
    layer.set_weights([kernel])
    return layer(images)
