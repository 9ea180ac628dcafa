# wrong: the second pooling is always a maximum; breaks "which kind of pooling both pooling layers do"
# Loses: test_LeNet5
# Told: this is max pooling, but the argument says average
class LeNet5(tf.keras.Model):
    def __init__(self, activation: str = "relu", pooling: str = "max"):
        super().__init__()
        L = tf.keras.layers
        pool = L.AveragePooling2D if pooling == "average" else L.MaxPooling2D
        self.stages = [L.Conv2D(6, 5, padding="same", activation=activation), pool(2), L.Conv2D(16, 5, activation=activation), L.MaxPooling2D(2), L.Flatten()]
        self.head = [L.Dense(120, activation=activation), L.Dense(84, activation=activation), L.Dense(10)]

    def feature_maps(self, images):
        maps = []
        for layer in self.stages:
            images = layer(images)
            maps.append(images)
        return maps

    def call(self, images):
        x = self.feature_maps(images)[-1]
        for layer in self.head:
            x = layer(x)
        return x
