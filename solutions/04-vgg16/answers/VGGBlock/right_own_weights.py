# Makes its kernels itself, in build, and uses TensorFlow's operations.
class VGGBlock(tf.keras.layers.Layer):
    def __init__(self, filters: int, kernel_sizes: tuple):
        super().__init__()
        self.filters, self.kernel_sizes = filters, tuple(kernel_sizes)

    def build(self, input_shape):
        channels = input_shape[-1]
        self.kernels, self.biases = [], []
        for place, size in enumerate(self.kernel_sizes):
            self.kernels.append(self.add_weight(shape=(size, size, channels, self.filters), initializer="he_normal", name=f"kernel{place}"))
            self.biases.append(self.add_weight(shape=(self.filters,), initializer="zeros", name=f"bias{place}"))
            channels = self.filters

    def call(self, maps):
        for kernel, bias in zip(self.kernels, self.biases):
            maps = tf.nn.relu(tf.nn.conv2d(maps, kernel, strides=1, padding="SAME") + bias)
        return tf.nn.max_pool2d(maps, ksize=2, strides=2, padding="VALID")
