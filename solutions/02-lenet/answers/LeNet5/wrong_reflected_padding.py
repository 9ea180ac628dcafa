# wrong: pads the image with its mirror image; breaks "padding same adds 2 zeros on every side"
# Loses: test_LeNet5
# Told: The padding `same` adds two rows and two columns of zeros on every side
class LeNet5(tf.keras.Model):
    def __init__(self, activation: str = "relu", pooling: str = "max"):
        super().__init__()
        L = tf.keras.layers
        pool = L.AveragePooling2D if pooling == "average" else L.MaxPooling2D
        self.stages = [L.Conv2D(6, 5, activation=activation), pool(2), L.Conv2D(16, 5, activation=activation), pool(2), L.Flatten()]
        self.head = [L.Dense(120, activation=activation), L.Dense(84, activation=activation), L.Dense(10)]

    def feature_maps(self, images):
        images = tf.pad(images, [[0, 0], [2, 2], [2, 2], [0, 0]], "SYMMETRIC")
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
