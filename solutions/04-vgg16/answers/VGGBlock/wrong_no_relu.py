# The convolutions have no activation.
# Loses: test_VGGBlock
# Told: A block is its convolutions, each with ReLU, and max pooling at the end
class VGGBlock(tf.keras.layers.Layer):
    def __init__(self, filters: int, kernel_sizes: tuple):
        super().__init__()
        self.convolutions = [
            tf.keras.layers.Conv2D(filters, size, padding="same")
            for size in kernel_sizes
        ]
        self.pool = tf.keras.layers.MaxPooling2D(2)

    def call(self, maps):
        for convolution in self.convolutions:
            maps = convolution(maps)
        return self.pool(maps)
