# A subclass of tf.keras.Model; the mean of each map is written out.
class ResNet34(tf.keras.Model):
    def __init__(self, classes):
        super().__init__()
        self.stem = tf.keras.layers.Conv2D(64, 7, 2, padding="same", use_bias=False, kernel_initializer="he_normal")
        self.norm = tf.keras.layers.BatchNormalization(momentum=0.9)
        self.pool = tf.keras.layers.MaxPooling2D(3, 2, padding="same")
        self.stages = [stage(64, 64, 3, 1), stage(64, 128, 4, 2), stage(128, 256, 6, 2), stage(256, 512, 3, 2)]
        self.head = tf.keras.layers.Dense(classes)

    def call(self, photos, training=None):
        maps = self.pool(tf.nn.relu(self.norm(self.stem(photos), training=training)))
        for part in self.stages:
            maps = part(maps, training=training)
        return self.head(tf.reduce_mean(maps, axis=[1, 2]))


def resnet34(classes=1000):
    return ResNet34(classes)
