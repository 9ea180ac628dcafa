# Convolutions without bias.
# Loses: test_LeNet5
# Told: convolutions have no biases
class LeNet5(tf.keras.Model):
    def __init__(self, activation: str = "relu", pooling: str = "max"):
        super().__init__()
        pool = tf.keras.layers.MaxPooling2D if pooling == "max" else tf.keras.layers.AveragePooling2D
        self.conv1 = tf.keras.layers.Conv2D(6, (5, 5), padding="same", use_bias=False, activation=activation)
        self.pool1 = pool((2, 2))
        self.conv2 = tf.keras.layers.Conv2D(16, (5, 5), use_bias=False, activation=activation)
        self.pool2 = pool((2, 2))
        self.flat = tf.keras.layers.Flatten()
        self.dense1 = tf.keras.layers.Dense(120, activation=activation)
        self.dense2 = tf.keras.layers.Dense(84, activation=activation)
        self.dense3 = tf.keras.layers.Dense(10)

    def feature_maps(self, images) -> list:
        c1 = self.conv1(images)
        p1 = self.pool1(c1)
        c2 = self.conv2(p1)
        p2 = self.pool2(c2)
        return [c1, p1, c2, p2, self.flat(p2)]

    def call(self, images):
        return self.dense3(self.dense2(self.dense1(self.feature_maps(images)[-1])))
