# Makes its weights in __init__ for colour images: a second block cannot be put on it.
# Loses: test_VGGBlock
# Told: reads all channels
class VGGBlock(tf.keras.layers.Layer):
    def __init__(self, filters: int, kernel_sizes: tuple):
        super().__init__()
        self.convolutions = [
            tf.keras.layers.Conv2D(filters, size, padding="same", activation="relu")
            for size in kernel_sizes
        ]
        inputs = maps = tf.keras.Input((None, None, 3))
        for convolution in self.convolutions:
            maps = convolution(maps)
        self.pool = tf.keras.layers.MaxPooling2D(2)

    def call(self, maps):
        for convolution in self.convolutions:
            maps = convolution(maps)
        return self.pool(maps)
