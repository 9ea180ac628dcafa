# Stops the gradient in front of the head, so that nothing of the trunk can ever be fine-tuned.
# Loses: test_Joined
# Told: no gradient reaches the trunk
class Joined(tf.keras.Model):
    def __init__(self, trunk, start, end, head):
        super().__init__()
        self.part = tf.keras.Model(trunk.get_layer(start).output, trunk.get_layer(end).output)
        self.top = head

    def call(self, inputs, training=False):
        features = tf.stop_gradient(self.part(inputs, training=False))
        return self.top(features, training=training)
