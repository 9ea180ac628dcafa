# Lets Keras count the convolution and computes the dense layer, which would not fit in memory.
def layer_parameters(height, width, channels, filters, kernel=3):
    layer = tf.keras.layers.Conv2D(filters, kernel, padding="same")
    layer.build((None, height, width, channels))
    units = height * width * filters
    return layer.count_params(), units * height * width * channels + units
