# The piece goes up to the LAST layer whose name begins with `end` (block1_conv10 for block1_conv1).
# Loses: test_Joined
# Told: and no others
class Joined(tf.keras.Model):

    def __init__(self, trunk: tf.keras.Model, start: str, end: str, head: tf.keras.Model):
        super().__init__()
        names = [layer.name for layer in trunk.layers]
        self.piece = trunk.layers[names.index(start) + 1 : max(i for i, name in enumerate(names) if name.startswith(end)) + 1]
        self.head = head

    def call(self, inputs, training: bool = False):
        values = inputs
        for layer in self.piece:
            values = layer(values, training=False)
        return self.head(values, training=training)
