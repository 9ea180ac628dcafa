# A functional model from start to end.
class Joined(tf.keras.Model):

    def __init__(self, trunk: tf.keras.Model, start: str, end: str, head: tf.keras.Model):
        super().__init__()
        self.piece = tf.keras.Model(trunk.get_layer(start).output, trunk.get_layer(end).output)
        self.head = head

    def call(self, inputs, training: bool = False):
        return self.head(self.piece(inputs, training=False), training=training)
