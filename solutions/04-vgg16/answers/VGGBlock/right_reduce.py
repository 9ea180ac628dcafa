# right: functools.reduce; the last ReLU after the pooling gives the same, but here each is where the text has it
from functools import reduce


class VGGBlock(tf.keras.layers.Layer):
    def __init__(self, filters: int, kernel_sizes: tuple):
        super().__init__()
        if not kernel_sizes:
            raise ValueError("at least one convolution")
        conv = lambda k: tf.keras.layers.Conv2D(filters, k, 1, "same", activation=tf.nn.relu)
        self.layers_in_turn = [*map(conv, kernel_sizes), tf.keras.layers.MaxPooling2D((2, 2), strides=(2, 2), padding="valid")]

    def call(self, maps):
        return reduce(lambda x, layer: layer(x), self.layers_in_turn, maps)
