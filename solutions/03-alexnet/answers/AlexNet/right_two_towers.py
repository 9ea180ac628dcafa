# Two convolutions for each grouped layer, on the halves of tf.split.
class AlexNet(tf.keras.Model):
    def __init__(self, groups: int = 1, classes: int = 1000, units: int = 4096):
        super().__init__()
        self.groups = groups

        def layer(kernels, size, split=1, **more):
            return [tf.keras.layers.Conv2D(kernels // split, size, activation="relu", **more) for _ in range(split)]

        self.stages = [
            layer(96, 11, strides=4),
            layer(256, 5, groups, padding="same"),
            layer(384, 3, padding="same"),
            layer(384, 3, groups, padding="same"),
            layer(256, 3, groups, padding="same"),
        ]
        self.norms = [ResponseNorm(), ResponseNorm()]
        self.pools = [tf.keras.layers.MaxPool2D(pool_size=3, strides=2) for _ in range(3)]
        self.dense = [tf.keras.layers.Dense(units, activation="relu"), tf.keras.layers.Dense(units, activation="relu")]
        self.drops = [tf.keras.layers.Dropout(0.5), tf.keras.layers.Dropout(0.5)]
        self.logits = tf.keras.layers.Dense(classes)

    @staticmethod
    def towers(convolutions, values):
        halves = tf.split(values, len(convolutions), axis=-1)
        return tf.concat([convolution(half) for convolution, half in zip(convolutions, halves)], axis=-1)

    def feature_maps(self, images) -> list:
        first = self.norms[0](self.towers(self.stages[0], images))
        second = self.pools[0](first)
        third = self.norms[1](self.towers(self.stages[1], second))
        fourth = self.pools[1](third)
        maps = [first, second, third, fourth]
        for convolutions in self.stages[2:]:
            maps.append(self.towers(convolutions, maps[-1]))
        return maps + [self.pools[2](maps[-1])]

    def call(self, images, training=False):
        last = self.feature_maps(images)[-1]
        values = tf.reshape(last, (-1, 6 * 6 * 256))
        for dense, drop in zip(self.dense, self.drops):
            values = drop(dense(values), training=training)
        return self.logits(values)
