# The last convolution of a block has no ReLU.
# Loses: test_VGGBlock
# Told: last convolution of the block has no ReLU
class VGGBlock(tf.keras.layers.Layer):
    def __init__(self, filters: int, kernel_sizes: tuple):
        super().__init__()
        self.convolutions = [
            tf.keras.layers.Conv2D(filters, size, padding="same", activation="relu" if n + 1 < len(kernel_sizes) or len(kernel_sizes) == 1 else None)
            for n, size in enumerate(kernel_sizes)
        ]
        self.pool = tf.keras.layers.MaxPooling2D(2)

    def call(self, maps):
        for convolution in self.convolutions:
            maps = convolution(maps)
        return self.pool(maps)
