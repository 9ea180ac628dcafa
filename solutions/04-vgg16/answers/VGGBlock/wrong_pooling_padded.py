# Pooling with padding same: keeps the left-over row of odd sizes.
# Loses: test_VGGBlock
# Told: the pooling has padding
class VGGBlock(tf.keras.layers.Layer):
    def __init__(self, filters: int, kernel_sizes: tuple):
        super().__init__()
        self.convolutions = [
            tf.keras.layers.Conv2D(filters, size, padding="same", activation="relu")
            for size in kernel_sizes
        ]
        self.pool = tf.keras.layers.MaxPooling2D(2, padding="same")

    def call(self, maps):
        for convolution in self.convolutions:
            maps = convolution(maps)
        return self.pool(maps)
