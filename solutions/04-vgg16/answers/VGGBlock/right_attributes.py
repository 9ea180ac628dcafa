# right: attributes with numbered names, tf.nn for the rest
class VGGBlock(tf.keras.layers.Layer):
    def __init__(self, filters: int, kernel_sizes: tuple):
        super().__init__()
        self.count = len(kernel_sizes)
        for i, size in enumerate(kernel_sizes):
            setattr(self, f"conv{i}", tf.keras.layers.Conv2D(filters, size, padding="SAME".lower()))

    def call(self, maps):
        for i in range(self.count):
            maps = tf.nn.relu(getattr(self, f"conv{i}")(maps))
        return tf.nn.max_pool2d(maps, ksize=2, strides=2, padding="VALID")
