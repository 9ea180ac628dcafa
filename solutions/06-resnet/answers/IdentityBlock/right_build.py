# right: a dict of arguments; checks the channels in `build`, which calls the parents'
class IdentityBlock(tf.keras.layers.Layer):
    """y = ReLU(F(x) + x)."""

    def __init__(self, filters: int):
        super().__init__()
        if filters < 1:
            raise ValueError("filters must be positive")
        self.count = filters
        self.first, self.second = (
            tf.keras.layers.Conv2D(kernel_size=3, filters=filters, padding="same", use_bias=False, kernel_initializer="he_normal") for _ in "ab"
        )
        self.first_norm, self.second_norm = (tf.keras.layers.BatchNormalization(momentum=0.9) for _ in "ab")

    def build(self, shape):
        assert shape[-1] == self.count, "an identity block keeps its channels"
        super().build(shape)

    def call(self, inputs, training=None):
        hidden = tf.keras.activations.relu(self.first_norm(self.first(inputs), training=training))
        return tf.keras.activations.relu(tf.add(self.second_norm(self.second(hidden), training=training), inputs))
