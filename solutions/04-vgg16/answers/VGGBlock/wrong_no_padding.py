# Without padding same.
# Loses: test_VGGBlock
# Told: should have padding `same`
class VGGBlock(tf.keras.layers.Layer):
    def __init__(self, filters: int, kernel_sizes: tuple):
        super().__init__()
        self.convolutions = [
            tf.keras.layers.Conv2D(filters, size, activation="relu")
            for size in kernel_sizes
        ]
        self.pool = tf.keras.layers.MaxPooling2D(2)

    def call(self, maps):
        for convolution in self.convolutions:
            maps = convolution(maps)
        return self.pool(maps)
