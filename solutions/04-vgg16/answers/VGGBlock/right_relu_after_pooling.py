# The last ReLU comes after the pooling, which makes no difference to a maximum; type hints and a print.
class VGGBlock(tf.keras.layers.Layer):
    def __init__(self, filters: int, kernel_sizes: tuple) -> None:
        super().__init__()
        self.convolutions = [tf.keras.layers.Conv2D(filters, int(size), padding="same") for size in kernel_sizes]
        print("a block with", len(self.convolutions), "convolutions")

    def call(self, maps: tf.Tensor) -> tf.Tensor:
        *others, last = self.convolutions
        for convolution in others:
            maps = tf.nn.relu(convolution(maps))
        return tf.nn.relu(tf.nn.max_pool2d(last(maps), 2, 2, "VALID"))
