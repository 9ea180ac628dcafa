# right: activations as layers of their own and tf.nn pooling
def make_activation(name):
    return tf.keras.layers.Activation(name)
# %%
class LeNet5(tf.keras.Model):
    def __init__(self, activation: str = "relu", pooling: str = "max"):
        super().__init__()
        L = tf.keras.layers
        self.kind = "MAX" if pooling == "max" else "AVG"
        self.c1, self.a1 = L.Conv2D(filters=6, kernel_size=5, strides=1, padding="same"), make_activation(activation)
        self.c2, self.a2 = L.Conv2D(filters=16, kernel_size=5, strides=1, padding="valid"), make_activation(activation)
        self.d1, self.a3 = L.Dense(120), make_activation(activation)
        self.d2, self.a4 = L.Dense(84), make_activation(activation)
        self.d3 = L.Dense(10)

    def half(self, maps):
        return tf.nn.pool(maps, [2, 2], self.kind, [2, 2], "VALID")

    def feature_maps(self, images):
        images = tf.convert_to_tensor(images, tf.float32)
        first = self.a1(self.c1(images))
        second = self.half(first)
        third = self.a2(self.c2(second))
        fourth = self.half(third)
        return [first, second, third, fourth, tf.reshape(fourth, [-1, 400])]

    def call(self, images):
        *_, vector = self.feature_maps(images)
        return self.d3(self.a4(self.d2(self.a3(self.d1(vector)))))
