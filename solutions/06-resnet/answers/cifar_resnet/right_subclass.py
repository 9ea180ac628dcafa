# A subclass of tf.keras.Model with a loop over the stages.
class SmallResNet(tf.keras.Model):
    def __init__(self, blocks, filters, classes, shortcut):
        super().__init__()
        self.convolution = tf.keras.layers.Conv2D(filters[0], 3, padding="same", use_bias=False, kernel_initializer="he_normal")
        self.norm = tf.keras.layers.BatchNormalization(momentum=0.9)
        widths = (filters[0], *filters)
        self.stages = [stage(widths[i], widths[i + 1], blocks, 1 + (i > 0), shortcut) for i in range(3)]
        self.logits = tf.keras.layers.Dense(classes)

    def call(self, images, training=None):
        maps = tf.nn.relu(self.norm(self.convolution(images), training=training))
        for part in self.stages:
            maps = part(maps, training=training)
        return self.logits(tf.reduce_mean(maps, axis=(1, 2)))


def cifar_resnet(blocks, filters=(16, 32, 64), classes=10, shortcut="padding"):
    return SmallResNet(blocks, filters, classes, shortcut)
