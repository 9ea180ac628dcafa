# right: a dataclass-like table of the layers and getattr; layers under names from the table
class LeNet5(tf.keras.Model):
    TABLE = (("conv1", 6, "same"), ("conv2", 16, "valid"))

    def __init__(self, activation: str = "relu", pooling: str = "max"):
        super().__init__()
        for name, count, padding in self.TABLE:
            setattr(self, name, tf.keras.layers.Conv2D(count, 5, padding=padding, activation=activation))
            setattr(self, name + "_pool", getattr(tf.keras.layers, pooling.capitalize() + "Pooling2D")(2, 2))
        self.flat = tf.keras.layers.Reshape((400,))
        self.dense = {str(units): tf.keras.layers.Dense(units, activation=activation) for units in (120, 84)}
        self.logits = tf.keras.layers.Dense(10, activation="linear")

    def feature_maps(self, images) -> list:
        a = self.conv1(images)
        return [a, b := self.conv1_pool(a), c := self.conv2(b), d := self.conv2_pool(c), self.flat(d)]

    def call(self, images):
        vector = self.feature_maps(images).pop()
        for layer in self.dense.values():
            vector = layer(vector)
        return self.logits(vector)
