# Returns the features: the head is never called.
# Loses: test_Joined
# Told: the head is missing
class Joined(tf.keras.Model):
    def __init__(self, trunk, start, end, head):
        super().__init__()
        self.part = tf.keras.Model(trunk.get_layer(start).output, trunk.get_layer(end).output)
        self.top = head

    def call(self, inputs, training=False):
        return self.part(inputs, training=False)
