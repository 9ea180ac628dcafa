# Cuts VGG-16 at block 3, whatever start and end say.
# Loses: test_Joined
# Told: No such layer
class Joined(tf.keras.Model):
    def __init__(self, trunk, start, end, head):
        super().__init__()
        self.part = tf.keras.Model(trunk.get_layer("block2_pool").output, trunk.get_layer("block3_conv3").output)
        self.top = head

    def call(self, inputs, training=False):
        return self.top(self.part(inputs, training=False), training=training)
