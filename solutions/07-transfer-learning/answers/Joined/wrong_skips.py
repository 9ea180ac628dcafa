# Layers without weights other than poolings are left out (a ReLU or a rescaling that is a layer of its own is lost).
# Loses: test_Joined
# Told: The layers should be those after
class Joined(tf.keras.Model):

    def __init__(self, trunk: tf.keras.Model, start: str, end: str, head: tf.keras.Model):
        super().__init__()
        names = [layer.name for layer in trunk.layers]
        self.piece = trunk.layers[names.index(start) + 1 : names.index(end) + 1]
        self.piece = [layer for layer in self.piece if layer.weights or "pool" in layer.name]
        self.head = head

    def call(self, inputs, training: bool = False):
        values = inputs
        for layer in self.piece:
            values = layer(values, training=False)
        return self.head(values, training=training)
