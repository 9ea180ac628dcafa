# wrong: every kernel is 3×3 ("one whole number for each convolution, such as (3, 3, 1)")
# Loses: test_VGGBlock
# Told: VGGBlock(6, (3, 3, 1)) of maps of 8×6×2: the weights should have the
class VGGBlock(tf.keras.layers.Layer):
    def __init__(self, filters: int, kernel_sizes: tuple):
        super().__init__()
        self.convolutions = [
            tf.keras.layers.Conv2D(filters, 3, padding="same", activation="relu", kernel_initializer="he_normal")
            for size in kernel_sizes
        ]
        self.pool = tf.keras.layers.MaxPooling2D(2, 2)

    def call(self, maps):
        for convolution in self.convolutions:
            maps = convolution(maps)
        return self.pool(maps)
