# Puts the trunk's layers into a functional model with an input of its own.
class Joined(tf.keras.Model):
    def __init__(self, trunk, start, end, head):
        super().__init__()
        names = [layer.name for layer in trunk.layers]
        inputs = values = tf.keras.Input(trunk.get_layer(start).output.shape[1:])
        for name in names[names.index(start) + 1 : names.index(end) + 1]:
            values = trunk.get_layer(name)(values)
        self.lower, self.upper = tf.keras.Model(inputs, values), head

    def call(self, inputs, training=False):
        features = self.lower(inputs, training=False)
        return self.upper(features, training=training)
