# The dense layer of 120 units as a convolution over the whole 5×5 map, as the paper describes it.
class LeNet5(tf.keras.Model):
    def __init__(self, activation: str = "relu", pooling: str = "max"):
        super().__init__()
        self.c1 = tf.keras.layers.Conv2D(6, 5, padding="same")
        self.c3 = tf.keras.layers.Conv2D(16, 5)
        self.c5 = tf.keras.layers.Conv2D(120, 5)
        self.f6 = tf.keras.layers.Dense(84)
        self.out = tf.keras.layers.Dense(10)
        self.act = tf.keras.activations.get(activation)
        self.pooling = "MAX" if pooling == "max" else "AVG"

    def shrink(self, maps):
        return tf.nn.pool(maps, [2, 2], self.pooling, strides=[2, 2], padding="VALID")

    def feature_maps(self, images) -> list:
        c1 = self.act(self.c1(images))
        s2 = self.shrink(c1)
        c3 = self.act(self.c3(s2))
        s4 = self.shrink(c3)
        return [c1, s2, c3, s4, tf.reshape(s4, [-1, 400])]

    def call(self, images):
        flat = self.feature_maps(images)[4]
        c5 = self.act(self.c5(tf.reshape(flat, [-1, 5, 5, 16])))
        return self.out(self.act(self.f6(tf.reshape(c5, [-1, 120]))))
