# Builds the layers with Keras and counts what it finds.
def stack_cost(kernels, channels, height, width, bias=True):
    parameters = multiplications = 0
    for size in kernels:
        layer = tf.keras.layers.Conv2D(channels, size, padding="same", use_bias=bias)
        layer.build((None, height, width, channels))
        parameters += layer.count_params()
        multiplications += height * width * int(np.prod(layer.kernel.shape))
    return parameters, multiplications
