# Keras counts the convolution (the notebook's formula does the dense one, which is too large to build).
def layer_parameters(height, width, channels, filters, kernel=3):
    layer = tf.keras.layers.Conv2D(filters, pair(kernel), padding="same")
    layer.build((None, height, width, channels))
    outputs = height * width * filters
    return layer.count_params(), outputs * (height * width * channels) + outputs
