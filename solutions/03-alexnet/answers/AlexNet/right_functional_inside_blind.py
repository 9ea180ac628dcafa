# right: a functional network with eight outputs for the maps, another for the head
class AlexNet(tf.keras.Model):
    def __init__(self, groups: int = 1, classes: int = 1000, units: int = 4096):
        super().__init__()
        layers = tf.keras.layers
        count = [1, groups, 1, groups, groups]
        inputs = x = tf.keras.Input((227, 227, 3))
        outputs = []
        for number, (kernels, size) in enumerate([(96, 11), (256, 5), (384, 3), (384, 3), (256, 3)], 1):
            x = layers.Conv2D(kernels, size, strides=4 if number == 1 else 1, padding="valid" if number == 1 else "same",
                              activation="relu", groups=count[number - 1], kernel_initializer="he_normal")(x)
            if number <= 2:
                x = ResponseNorm()(x)
            outputs.append(x)
            if number in (1, 2, 5):
                x = layers.MaxPooling2D(3, 2)(x)
                outputs.append(x)
        self.extractor = tf.keras.Model(inputs, outputs)
        flat = layers.Flatten()(head_in := tf.keras.Input((6, 6, 256)))
        for _ in range(2):
            flat = layers.Dropout(0.5)(layers.Dense(units, activation="relu")(flat))
        self.network = tf.keras.Model(head_in, layers.Dense(classes)(flat))

    def feature_maps(self, images) -> list:
        return list(self.extractor(images))

    def call(self, images, training=False):
        return self.network(self.feature_maps(images)[-1], training=training)
