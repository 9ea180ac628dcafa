# Makes its layers in `build`, and writes ReLU as a maximum.
class IdentityBlock(tf.keras.layers.Layer):
    def __init__(self, filters):
        super().__init__()
        self.filters = filters

    def build(self, shape):
        self.convolutions = [
            tf.keras.layers.Conv2D(self.filters, 3, padding="same", use_bias=False, kernel_initializer="he_normal")
            for _ in range(2)
        ]
        self.norms = [tf.keras.layers.BatchNormalization(momentum=0.9) for _ in range(2)]
        for layer in self.convolutions + self.norms:
            layer.build(shape)

    def call(self, inputs, training=None):
        y = self.norms[0](self.convolutions[0](inputs), training=training)
        y = self.convolutions[1](tf.maximum(y, 0.0))
        return tf.maximum(self.norms[1](y, training=training) + inputs, 0.0)
