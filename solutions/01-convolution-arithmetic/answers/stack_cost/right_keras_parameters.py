# Keras counts the parameters of real layers, the multiplications come from the kernels' shapes.
def stack_cost(kernels, channels, height, width, bias=True):
    parameters = multiplications = 0
    for size in kernels:
        layer = tf.keras.layers.Conv2D(channels, size, padding="same", use_bias=bias)
        layer.build((None, height, width, channels))
        parameters += layer.count_params()
        multiplications += int(np.prod(layer.kernel.shape, dtype=np.int64)) * height * width
    return parameters, multiplications
