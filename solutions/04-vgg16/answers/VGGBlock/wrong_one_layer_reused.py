# One convolution, used again and again: fails where the channels change.
# Loses: test_VGGBlock
# Told: Each convolution is used once
class VGGBlock(tf.keras.layers.Layer):
    def __init__(self, filters: int, kernel_sizes: tuple):
        super().__init__()
        shared = [
            tf.keras.layers.Conv2D(filters, size, padding="same", activation="relu")
            for size in kernel_sizes
        ]
        self.convolutions = [shared[0]] * len(kernel_sizes)
        self.pool = tf.keras.layers.MaxPooling2D(2)

    def call(self, maps):
        for convolution in self.convolutions:
            maps = convolution(maps)
        return self.pool(maps)
