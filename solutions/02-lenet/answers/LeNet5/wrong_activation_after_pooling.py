# wrong: the activation comes after the pooling, the convolutions' maps are without it; breaks "What a convolution returns includes its activation"
# Loses: test_LeNet5
# Told: there is no activation here
class LeNet5(tf.keras.Model):
    def __init__(self, activation: str = "relu", pooling: str = "max"):
        super().__init__()
        L = tf.keras.layers
        pool = L.AveragePooling2D if pooling == "average" else L.MaxPooling2D
        self.act = tf.keras.activations.get(activation)
        self.c1, self.p1, self.c2, self.p2, self.flat = L.Conv2D(6, 5, padding="same"), pool(2), L.Conv2D(16, 5), pool(2), L.Flatten()
        self.head = [L.Dense(120, activation=activation), L.Dense(84, activation=activation), L.Dense(10)]

    def feature_maps(self, images):
        a = self.c1(images)
        b = self.act(self.p1(a))
        c = self.c2(b)
        d = self.act(self.p2(c))
        return [a, b, c, d, self.flat(d)]

    def call(self, images):
        x = self.feature_maps(images)[-1]
        for layer in self.head:
            x = layer(x)
        return x
