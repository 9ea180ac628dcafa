# Begins with `preprocess` when `start` is the input layer.
# Loses: test_Joined
# Told: The layers should be those after
class Joined(tf.keras.Model):

    def __init__(self, trunk: tf.keras.Model, start: str, end: str, head: tf.keras.Model):
        super().__init__()
        names = [layer.name for layer in trunk.layers]
        self.piece = trunk.layers[names.index(start) + 1 : names.index(end) + 1]
        self.head = head
        self.from_image = isinstance(trunk.get_layer(start), tf.keras.layers.InputLayer)

    def call(self, inputs, training: bool = False):
        values = inputs
        if self.from_image:
            values = values[..., ::-1] - tf.constant([103.939, 116.779, 123.68])
        for layer in self.piece:
            values = layer(values, training=False)
        return self.head(values, training=training)
