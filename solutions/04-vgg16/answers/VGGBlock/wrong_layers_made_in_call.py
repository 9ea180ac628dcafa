# Makes new layers in each call.
# Loses: test_VGGBlock
# Told: make them in `__init__`
class VGGBlock(tf.keras.layers.Layer):
    def __init__(self, filters: int, kernel_sizes: tuple):
        super().__init__()
        self.filters, self.kernel_sizes = filters, kernel_sizes

    def call(self, maps):
        for size in self.kernel_sizes:
            maps = tf.keras.layers.Conv2D(self.filters, size, padding="same", activation="relu")(maps)
        return tf.nn.max_pool2d(maps, 2, 2, "VALID")
