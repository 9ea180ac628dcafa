# A functional model inside gives all maps and the last vector.
class AlexNet(tf.keras.Model):
    def __init__(self, groups: int = 1, classes: int = 1000, units: int = 4096):
        super().__init__()
        layers = tf.keras.layers
        photograph = layers.Input((227, 227, 3))
        maps = []
        values = photograph
        for number, (kernels, size) in enumerate([(96, 11), (256, 5), (384, 3), (384, 3), (256, 3)], start=1):
            values = layers.Conv2D(
                kernels, size, strides=4 if number == 1 else 1, padding="valid" if number == 1 else "same",
                groups=groups if number in (2, 4, 5) else 1,
            )(values)
            values = layers.ReLU()(values)
            if number < 3:
                values = ResponseNorm()(values)
            maps.append(values)
            if number in (1, 2, 5):
                values = layers.MaxPooling2D(3, strides=2)(values)
                maps.append(values)
        self.trunk = tf.keras.Model(photograph, maps)
        self.head = tf.keras.Sequential([
            layers.Flatten(), layers.Dense(units, "relu"), layers.Dropout(0.5),
            layers.Dense(units, "relu"), layers.Dropout(0.5), layers.Dense(classes),
        ])

    def feature_maps(self, images) -> list:
        return self.trunk(images)

    def call(self, images, training=False):
        return self.head(self.trunk(images)[-1], training=training)
