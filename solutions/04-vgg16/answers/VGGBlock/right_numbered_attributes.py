# An attribute for each convolution, set by name.
class VGGBlock(tf.keras.layers.Layer):
    def __init__(self, filters: int, kernel_sizes: tuple):
        super().__init__()
        self.count = len(kernel_sizes)
        for number in range(self.count):
            setattr(self, f"convolution{number}", tf.keras.layers.Conv2D(filters, kernel_sizes[number], activation="relu", padding="SAME".lower()))
        self.shrink = tf.keras.layers.MaxPooling2D(pool_size=2, strides=2)

    def call(self, maps):
        for number in range(self.count):
            maps = getattr(self, f"convolution{number}")(maps)
        return self.shrink(maps)
