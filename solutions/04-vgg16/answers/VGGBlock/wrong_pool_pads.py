# wrong: the pooling pads: 7 pixels become 4 ("height // 2")
# Loses: test_VGGBlock
# Told: the pooling has padding; without it an odd row or column at the end is left out
class VGGBlock(tf.keras.layers.Layer):
    def __init__(self, filters: int, kernel_sizes: tuple):
        super().__init__()
        self.convolutions = [
            tf.keras.layers.Conv2D(filters, size, padding="same", activation="relu", kernel_initializer="he_normal")
            for size in kernel_sizes
        ]
        self.pool = tf.keras.layers.MaxPooling2D(2, 2, padding="same")

    def call(self, maps):
        for convolution in self.convolutions:
            maps = convolution(maps)
        return self.pool(maps)
