# Keeps the whole trunk as an attribute, so that all its weights belong to the network.
# Loses: test_Joined
# Told: the whole trunk is an attribute
class Joined(tf.keras.Model):
    def __init__(self, trunk, start, end, head):
        super().__init__()
        self.trunk, self.top = trunk, head
        names = [layer.name for layer in trunk.layers]
        self.first, self.last = names.index(start) + 1, names.index(end) + 1

    def call(self, inputs, training=False):
        for layer in self.trunk.layers[self.first : self.last]:
            inputs = layer(inputs, training=False)
        return self.top(inputs, training=training)
