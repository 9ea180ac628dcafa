# Pools before the convolutions: the same shapes and parameters.
# Loses: test_VGGBlock
# Told: comes before the convolutions
class VGGBlock(tf.keras.layers.Layer):
    def __init__(self, filters: int, kernel_sizes: tuple):
        super().__init__()
        self.convolutions = [
            tf.keras.layers.Conv2D(filters, size, padding="same", activation="relu")
            for size in kernel_sizes
        ]
        self.pool = tf.keras.layers.MaxPooling2D(2)

    def call(self, maps):
        maps = self.pool(maps)
        for convolution in self.convolutions:
            maps = convolution(maps)
        return maps
