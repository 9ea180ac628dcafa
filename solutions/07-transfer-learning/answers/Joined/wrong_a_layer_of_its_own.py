# Adds a batch normalisation of its own in front of the head.
# Loses: test_Joined
# Told: and no others
class Joined(tf.keras.Model):
    def __init__(self, trunk, start, end, head):
        super().__init__()
        self.part = tf.keras.Model(trunk.get_layer(start).output, trunk.get_layer(end).output)
        self.top = head
        self.normal = tf.keras.layers.BatchNormalization(momentum=0.9)

    def call(self, inputs, training=False):
        features = self.normal(self.part(inputs, training=False), training=training)
        return self.top(features, training=training)
