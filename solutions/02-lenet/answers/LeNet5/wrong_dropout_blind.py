# wrong: dropout before the last layer, which works in training only; breaks "LeNet-5 ...: the table above" (no such layer there)
# Loses: test_LeNet5
# Told: LeNet-5 has no layer that works differently in training
class LeNet5(tf.keras.Model):
    def __init__(self, activation: str = "relu", pooling: str = "max"):
        super().__init__()
        L = tf.keras.layers
        pool = L.AveragePooling2D if pooling == "average" else L.MaxPooling2D
        self.stages = [L.Conv2D(6, 5, padding="same", activation=activation), pool(2), L.Conv2D(16, 5, activation=activation), pool(2), L.Flatten()]
        self.head = [L.Dense(120, activation=activation), L.Dense(84, activation=activation), L.Dropout(0.5), L.Dense(10)]

    def feature_maps(self, images):
        maps = []
        for layer in self.stages:
            images = layer(images)
            maps.append(images)
        return maps

    def call(self, images, training=False):
        x = self.feature_maps(images)[-1]
        for layer in self.head:
            x = layer(x, training=training) if isinstance(layer, tf.keras.layers.Dropout) else layer(x)
        return x
