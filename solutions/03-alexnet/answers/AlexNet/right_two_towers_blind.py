# right: with groups, separate convolutions on the parts of a tf.split
class Grouped(tf.keras.layers.Layer):
    def __init__(self, filters, size, groups):
        super().__init__()
        self.groups = groups
        self.parts = [tf.keras.layers.Conv2D(filters // groups, size, padding="same", activation="relu") for _ in range(groups)]

    def call(self, maps):
        return tf.concat([part(half) for part, half in zip(self.parts, tf.split(maps, self.groups, axis=-1))], axis=-1)


class AlexNet(tf.keras.Model):
    def __init__(self, groups: int = 1, classes: int = 1000, units: int = 4096):
        super().__init__()
        if groups not in (1, 2):
            raise ValueError("groups is 1 or 2")
        self.first = tf.keras.layers.Conv2D(96, 11, 4, activation="relu")
        self.second = Grouped(256, 5, groups)
        self.third = tf.keras.layers.Conv2D(384, 3, padding="same", activation="relu")
        self.fourth = Grouped(384, 3, groups)
        self.fifth = Grouped(256, 3, groups)
        self.normalise = ResponseNorm()
        self.shrink = tf.keras.layers.MaxPooling2D(pool_size=3, strides=2)
        self.sixth, self.seventh = (tf.keras.layers.Dense(units, activation="relu") for _ in range(2))
        self.eighth = tf.keras.layers.Dense(classes)
        self.forget = tf.keras.layers.Dropout(0.5)

    def feature_maps(self, images) -> list:
        maps = [self.normalise(self.first(images))]
        maps.append(self.shrink(maps[-1]))
        maps.append(self.normalise(self.second(maps[-1])))
        maps.append(self.shrink(maps[-1]))
        for layer in (self.third, self.fourth, self.fifth, self.shrink):
            maps.append(layer(maps[-1]))
        return maps

    def call(self, images, training=False):
        flat = tf.reshape(self.feature_maps(images)[-1], (-1, 6 * 6 * 256))
        for layer in (self.sixth, self.seventh):
            flat = self.forget(layer(flat), training=training)
        return self.eighth(flat)
