# ReLU as a layer of its own; He's initialiser.
class VGGBlock(tf.keras.layers.Layer):
    def __init__(self, filters: int, kernel_sizes: tuple):
        super().__init__()
        self.steps = []
        for kernel_size in kernel_sizes:
            self.steps.append(tf.keras.layers.Conv2D(filters, kernel_size, strides=1, padding="same", kernel_initializer="he_normal"))
            self.steps.append(tf.keras.layers.ReLU())
        self.steps.append(tf.keras.layers.MaxPooling2D((2, 2), strides=2, padding="valid"))

    def call(self, maps):
        for step in self.steps:
            maps = step(maps)
        return maps
