# The whole trunk is switched off and on again: frozen layers are thawed.
# Loses: test_Joined
# Told: changed which layers
class Joined(tf.keras.Model):

    def __init__(self, trunk: tf.keras.Model, start: str, end: str, head: tf.keras.Model):
        super().__init__()
        names = [layer.name for layer in trunk.layers]
        self.piece = trunk.layers[names.index(start) + 1 : names.index(end) + 1]
        self.head = head
        trunk.trainable = True

    def call(self, inputs, training: bool = False):
        values = inputs
        for layer in self.piece:
            values = layer(values, training=False)
        return self.head(values, training=training)
