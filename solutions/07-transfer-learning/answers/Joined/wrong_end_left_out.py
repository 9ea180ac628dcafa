# Stops one layer before `end`.
# Loses: test_Joined
# Told: all layers up to
class Joined(tf.keras.Model):
    def __init__(self, trunk, start, end, head):
        super().__init__()
        names = [layer.name for layer in trunk.layers]
        self.steps = trunk.layers[names.index(start) + 1 : names.index(end)]
        self.top = head

    def call(self, inputs, training=False):
        for layer in self.steps:
            inputs = layer(inputs, training=False)
        return self.top(inputs, training=training)
