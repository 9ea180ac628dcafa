# wrong: drops in training ("Convolutions, each with ReLU, then max pooling"; nothing else)
# Loses: test_VGGBlock
# Told: The block has only convolutions and pooling, which do the same in training as at
class VGGBlock(tf.keras.layers.Layer):
    def __init__(self, filters: int, kernel_sizes: tuple):
        super().__init__()
        self.convolutions = [
            tf.keras.layers.Conv2D(filters, size, padding="same", activation="relu", kernel_initializer="he_normal")
            for size in kernel_sizes
        ]
        self.drop = tf.keras.layers.Dropout(0.2)
        self.pool = tf.keras.layers.MaxPooling2D(2, 2)

    def call(self, maps, training=False):
        for convolution in self.convolutions:
            maps = convolution(maps)
        return self.drop(self.pool(maps), training=training)
