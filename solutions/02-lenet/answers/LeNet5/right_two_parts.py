# Two Sequential parts: the layers up to the flattened vector in a list, the classifier as one network.
class LeNet5(tf.keras.Model):
    def __init__(self, activation: str = "relu", pooling: str = "max"):
        super().__init__()
        layers = tf.keras.layers
        kinds = {"max": layers.MaxPool2D, "average": layers.AvgPool2D}
        self.stages = [
            layers.Conv2D(filters=6, kernel_size=5, strides=1, padding="same", activation=activation),
            kinds[pooling](pool_size=2, strides=2),
            layers.Conv2D(filters=16, kernel_size=5, padding="valid", activation=activation),
            kinds[pooling](pool_size=2, strides=2),
            layers.Flatten(),
        ]
        self.classifier = tf.keras.Sequential(
            [layers.Dense(120, activation=activation), layers.Dense(84, activation=activation), layers.Dense(10)]
        )

    def feature_maps(self, images) -> list:
        maps, values = [], images
        for stage in self.stages:
            values = stage(values)
            maps.append(values)
        return maps

    def call(self, images):
        *_, vector = self.feature_maps(images)
        return self.classifier(vector)
