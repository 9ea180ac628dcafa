# right: a Sequential inside
class VGGBlock(tf.keras.layers.Layer):
    def __init__(self, filters: int, kernel_sizes: tuple):
        super().__init__()
        self.network = tf.keras.Sequential()
        for k in kernel_sizes:
            self.network.add(tf.keras.layers.Conv2D(filters, (k, k), padding="same"))
            self.network.add(tf.keras.layers.ReLU())
        self.network.add(tf.keras.layers.MaxPool2D())

    def call(self, maps):
        return self.network(maps)
