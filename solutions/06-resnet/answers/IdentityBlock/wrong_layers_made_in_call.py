# Makes new layers at every call.
# Loses: test_IdentityBlock
# Told: make them in `__init__`
class IdentityBlock(tf.keras.layers.Layer):
    def __init__(self, filters: int):
        super().__init__()
        self.filters = filters

    def call(self, inputs, training=None):
        x = inputs
        for place in range(2):
            x = tf.keras.layers.Conv2D(self.filters, 3, padding="same", use_bias=False, kernel_initializer="he_normal")(x)
            x = tf.keras.layers.BatchNormalization(momentum=0.9)(x, training=training)
            x = tf.nn.relu(x if place == 0 else x + inputs)
        return x
