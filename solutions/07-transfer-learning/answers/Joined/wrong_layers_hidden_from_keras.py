# Keeps the piece where Keras does not see it, so that its weights would not be trained.
# Loses: test_Joined
# Told: not attributes of the network
class Joined(tf.keras.Model):
    def __init__(self, trunk, start, end, head):
        super().__init__()
        part = tf.keras.Model(trunk.get_layer(start).output, trunk.get_layer(end).output)
        self.run_part = lambda values: part(values, training=False)
        self.top = head

    def call(self, inputs, training=False):
        return self.top(self.run_part(inputs), training=training)
