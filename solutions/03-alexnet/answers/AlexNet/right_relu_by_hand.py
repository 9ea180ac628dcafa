# right: lists of layers, tf.nn.relu and tf.nn.max_pool2d in feature_maps; training left to Keras, which hands it on
class AlexNet(tf.keras.Model):
    def __init__(self, groups: int = 1, classes: int = 1000, units: int = 4096):
        super().__init__()
        self.convolutions = [
            tf.keras.layers.Conv2D(channels, window, stride, "same" if zeros else "valid", groups=groups if name[-1] in "245" else 1)
            for name, window, stride, zeros, channels in STAGES
            if name.startswith("conv")
        ]
        self.response = [ResponseNorm(), ResponseNorm()]
        self.hidden = [tf.keras.layers.Dense(units), tf.keras.layers.Dense(units)]
        self.drops = [tf.keras.layers.Dropout(0.5), tf.keras.layers.Dropout(0.5)]
        self.logits = tf.keras.layers.Dense(classes)

    def feature_maps(self, images) -> list:
        result, x = [], images
        for place, convolution in enumerate(self.convolutions):
            x = tf.nn.relu(convolution(x))
            if place < 2:
                x = self.response[place](x)
            result.append(x)
            if place in {0, 1, 4}:
                x = tf.nn.max_pool2d(x, 3, 2, "VALID")
                result.append(x)
        return result

    def call(self, images, training=False):
        *_, x = self.feature_maps(images)
        x = tf.keras.layers.Flatten()(x)
        for dense, drop in zip(self.hidden, self.drops):
            x = drop(tf.nn.relu(dense(x)))
        return self.logits(x)
