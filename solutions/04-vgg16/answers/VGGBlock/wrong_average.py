# wrong: average pooling ("max pooling")
# Loses: test_VGGBlock
# Told: this is average pooling; it should be max pooling
class VGGBlock(tf.keras.layers.Layer):
    def __init__(self, filters: int, kernel_sizes: tuple):
        super().__init__()
        self.convolutions = [
            tf.keras.layers.Conv2D(filters, size, padding="same", activation="relu", kernel_initializer="he_normal")
            for size in kernel_sizes
        ]
        self.pool = tf.keras.layers.AveragePooling2D(2, 2)

    def call(self, maps):
        for convolution in self.convolutions:
            maps = convolution(maps)
        return self.pool(maps)
