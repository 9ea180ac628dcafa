# Turns the head's logits into probabilities.
# Loses: test_Joined
# Told: go through softmax
class Joined(tf.keras.Model):
    def __init__(self, trunk, start, end, head):
        super().__init__()
        self.part = tf.keras.Model(trunk.get_layer(start).output, trunk.get_layer(end).output)
        self.top = head

    def call(self, inputs, training=False):
        return tf.nn.softmax(self.top(self.part(inputs, training=False), training=training))
