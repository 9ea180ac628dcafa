# right: weights of one's own, made in build
class VGGBlock(tf.keras.layers.Layer):
    def __init__(self, filters: int, kernel_sizes: tuple):
        super().__init__()
        self.filters, self.kernel_sizes = filters, tuple(kernel_sizes)

    def build(self, input_shape):
        channels = input_shape[-1]
        self.kernels, self.biases = [], []
        for i, size in enumerate(self.kernel_sizes):
            self.kernels.append(self.add_weight(name=f"kernel{i}", shape=(size, size, channels, self.filters), initializer="he_normal"))
            self.biases.append(self.add_weight(name=f"bias{i}", shape=(self.filters,), initializer="zeros"))
            channels = self.filters

    def call(self, maps):
        for kernel, bias in zip(self.kernels, self.biases):
            maps = tf.nn.relu(tf.nn.conv2d(maps, kernel, 1, "SAME") + bias)
        return tf.nn.max_pool2d(maps, 2, 2, "VALID")
