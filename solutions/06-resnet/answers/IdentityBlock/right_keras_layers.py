# Uses Keras layers for the addition and for both ReLUs, and keeps all in one list.
class IdentityBlock(tf.keras.layers.Layer):
    def __init__(self, filters: int):
        super().__init__()
        self.parts = []
        for _ in range(2):
            self.parts.append(tf.keras.layers.Conv2D(filters, (3, 3), strides=(1, 1), padding="same", use_bias=False, kernel_initializer=tf.keras.initializers.HeNormal()))
            self.parts.append(tf.keras.layers.BatchNormalization(axis=-1, momentum=0.9))
        self.relus = [tf.keras.layers.ReLU(), tf.keras.layers.ReLU()]
        self.add = tf.keras.layers.Add()

    def call(self, inputs, training=None):
        convolution1, norm1, convolution2, norm2 = self.parts
        maps = self.relus[0](norm1(convolution1(inputs), training=training))
        maps = norm2(convolution2(maps), training=training)
        return self.relus[1](self.add([inputs, maps]))
