# Looks for the places of the two layers with a loop; the mode may also be None.
class Joined(tf.keras.Model):
    def __init__(self, trunk, start, end, head):
        super().__init__()
        self.parts, inside = [], False
        for layer in trunk.layers:
            if inside:
                self.parts.append(layer)
            if layer.name == start:
                inside = True
            if layer.name == end:
                break
        self.head = head

    def call(self, inputs, training=None):
        values = inputs
        for part in self.parts:
            values = part(values, training=False)
        return self.head(values, training=bool(training))
