# Keeps both parts in a dict, lets the mode be None, has type hints and prints what it joins.
class Joined(tf.keras.Model):
    def __init__(self, trunk: tf.keras.Model, start: str, end: str, head: tf.keras.Model, **keywords):
        super().__init__(**keywords)
        first, last = trunk.get_layer(start), trunk.get_layer(end)
        self.network_parts = {"lower": tf.keras.Model(inputs=first.output, outputs=last.output), "upper": head}
        print("joined behind", first.name, "up to", last.name)

    def call(self, inputs, training=None):
        features = self.network_parts["lower"](inputs, training=False)
        return self.network_parts["upper"](features, training=training)
