# A Keras layer a group; NumPy joins the results.
def grouped_convolution(images, kernel, groups: int, stride: int = 1, padding: str = "SAME"):
    results = []
    for part, weights in zip(np.split(np.asarray(images), groups, axis=-1), np.split(np.asarray(kernel), groups, axis=-1), strict=True):
        layer = tf.keras.layers.Conv2D(weights.shape[-1], weights.shape[:2], strides=stride, padding=padding.lower(), use_bias=False)
        layer.build(part.shape)
        layer.set_weights([weights])
        results.append(layer(part).numpy())
    return np.concatenate(results, axis=-1)
