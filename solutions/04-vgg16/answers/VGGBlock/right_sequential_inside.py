# One Sequential does it all.
class VGGBlock(tf.keras.layers.Layer):
    def __init__(self, filters: int, kernel_sizes: tuple):
        super().__init__()
        parts = [tf.keras.layers.Conv2D(filters, (k, k), padding="same", activation=tf.nn.relu) for k in kernel_sizes]
        self.body = tf.keras.Sequential(parts + [tf.keras.layers.MaxPool2D()])

    def call(self, maps):
        return self.body(maps)
