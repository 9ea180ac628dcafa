# wrong: 1×1 convolutions get a ReLU6, which cuts at 6 ("each with ReLU")
# Loses: test_VGGBlock
# Told: A block is its convolutions, each with ReLU, and max pooling at the end
class VGGBlock(tf.keras.layers.Layer):
    def __init__(self, filters: int, kernel_sizes: tuple):
        super().__init__()
        self.convolutions = [
            tf.keras.layers.Conv2D(filters, size, padding="same", activation="relu6" if size == 1 else "relu", kernel_initializer="he_normal")
            for size in kernel_sizes
        ]
        self.pool = tf.keras.layers.MaxPooling2D(2, 2)

    def call(self, maps):
        for convolution in self.convolutions:
            maps = convolution(maps)
        return self.pool(maps)
