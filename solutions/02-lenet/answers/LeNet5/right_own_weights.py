# right: weights of its own (add_weight) and tf.nn, no Keras layers at all
class LeNet5(tf.keras.Model):
    SHAPES = ((5, 5, 1, 6), (5, 5, 6, 16), (400, 120), (120, 84), (84, 10))

    def __init__(self, activation: str = "relu", pooling: str = "max"):
        super().__init__()
        self.function = tf.keras.activations.get(activation)
        self.pool = tf.nn.max_pool2d if pooling == "max" else tf.nn.avg_pool2d
        self.kernels_, self.biases_ = [], []
        for number, shape in enumerate(self.SHAPES):
            self.kernels_.append(self.add_weight(shape=shape, initializer="glorot_uniform", name=f"kernel{number}"))
            self.biases_.append(self.add_weight(shape=shape[-1:], initializer="zeros", name=f"bias{number}"))

    def feature_maps(self, images):
        maps = []
        values = tf.cast(images, "float32")
        for number, padding in enumerate(("SAME", "VALID")):
            values = self.function(tf.nn.conv2d(values, self.kernels_[number], 1, padding) + self.biases_[number])
            maps.append(values)
            values = self.pool(values, 2, 2, "VALID")
            maps.append(values)
        return maps + [tf.reshape(values, (tf.shape(values)[0], -1)) if None in values.shape else tf.reshape(values, (values.shape[0], 400))]

    def call(self, images):
        values = tf.reshape(self.feature_maps(images)[-1], (-1, 400))
        for number in (2, 3, 4):
            values = values @ self.kernels_[number] + self.biases_[number]
            if number < 4:
                values = self.function(values)
        return values
