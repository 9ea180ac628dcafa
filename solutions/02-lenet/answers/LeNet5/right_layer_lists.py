# right: two lists of layers and loops; `from tensorflow.keras import layers` at the top; checks its arguments
from tensorflow.keras import layers


class LeNet5(tf.keras.Model):
    def __init__(self, activation="relu", pooling="max"):
        super().__init__()
        if pooling not in ("max", "average"):
            raise ValueError(f'pooling is "max" or "average", not {pooling!r}')
        pool = {"max": layers.MaxPool2D, "average": layers.AvgPool2D}[pooling]
        self.stages = [
            layers.Conv2D(6, (5, 5), padding="same", activation=activation),
            pool((2, 2), strides=2),
            layers.Conv2D(16, (5, 5), padding="valid", activation=activation),
            pool((2, 2), strides=2),
            layers.Flatten(),
        ]
        self.head = [layers.Dense(120, activation=activation), layers.Dense(84, activation=activation), layers.Dense(10)]

    def feature_maps(self, images):
        maps = []
        for layer in self.stages:
            images = layer(images)
            maps.append(images)
        return maps

    def call(self, images):
        x = self.feature_maps(images)[4]
        for layer in self.head:
            x = layer(x)
        return x
