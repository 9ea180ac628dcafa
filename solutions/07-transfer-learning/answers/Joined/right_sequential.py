# The piece as a Sequential of the trunk's layers.
def layers(trunk, start, end):
    inside = False
    for layer in trunk.layers:
        if inside:
            yield layer
        inside = (inside or layer.name == start) and layer.name != end

class Joined(tf.keras.Model):
    def __init__(self, trunk: tf.keras.Model, start: str, end: str, head: tf.keras.Model):
        super().__init__()
        self.network = tf.keras.Sequential(list(layers(trunk, start, end)))
        self.top = head

    def call(self, inputs, training: bool = False):
        features = self.network(inputs, training=False)
        return self.top(features, training=bool(training) if not tf.is_tensor(training) else training)
