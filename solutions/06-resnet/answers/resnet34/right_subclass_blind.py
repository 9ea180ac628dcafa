# right: a subclass of Model
class ResNet(tf.keras.Model):
    def __init__(self, counts, widths, classes):
        super().__init__()
        self.conv = tf.keras.layers.Conv2D(64, (7, 7), strides=(2, 2), padding="same", use_bias=False, kernel_initializer="he_normal")
        self.norm = tf.keras.layers.BatchNormalization(momentum=0.9)
        self.pool = tf.keras.layers.MaxPooling2D((3, 3), strides=(2, 2), padding="same")
        arriving = (64, *widths)
        self.stages = [stage(a, w, n, 1 if i == 0 else 2) for i, (a, w, n) in enumerate(zip(arriving, widths, counts))]
        self.logits = tf.keras.layers.Dense(classes)

    def call(self, inputs, training=None):
        x = self.pool(tf.nn.relu(self.norm(self.conv(inputs), training=training)))
        for one in self.stages:
            x = one(x, training=training)
        return self.logits(tf.reduce_mean(x, axis=(1, 2)))


def resnet34(classes: int = 1000) -> tf.keras.Model:
    """ResNet-34."""
    return ResNet((3, 4, 6, 3), (64, 128, 256, 512), classes)
