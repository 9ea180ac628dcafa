# right: a list of layers, walked through
class IdentityBlock(tf.keras.layers.Layer):
    def __init__(self, filters: int):
        super().__init__()
        L = tf.keras.layers
        self.filters = filters
        self.branch = []
        for half in range(2):
            self.branch.append(L.Conv2D(filters, 3, padding="SAME", use_bias=False, kernel_initializer=tf.keras.initializers.HeNormal()))
            self.branch.append(L.BatchNormalization(momentum=0.9))
            if half == 0:
                self.branch.append(L.ReLU())

    def call(self, inputs, training=None):
        outputs = inputs
        for layer in self.branch:
            if isinstance(layer, tf.keras.layers.BatchNormalization):
                outputs = layer(outputs, training=training)
            else:
                outputs = layer(outputs)
        return tf.maximum(outputs + inputs, 0.0)

    def get_config(self):
        return {"filters": self.filters}
