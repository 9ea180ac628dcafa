# A subclass of IdentityBlock: its first convolution is replaced, a shortcut is added.
class ResidualBlock(IdentityBlock):
    def __init__(self, channels, filters, stride=1, shortcut="projection"):
        super().__init__(filters)
        self.early = tf.keras.layers.Conv2D(filters, 3, strides=stride, padding="same", use_bias=False, kernel_initializer="he_normal")
        self.plan = (filters, stride)
        self.kind = shortcut
        self.changes = stride > 1 or channels != filters
        if self.changes and shortcut == "projection":
            self.mix = tf.keras.layers.Conv2D(filters, 1, strides=stride, padding="same", use_bias=False, kernel_initializer="he_normal")
            self.mix_norm = tf.keras.layers.BatchNormalization(momentum=0.9)

    def call(self, inputs, training=None):
        maps = self.early_norm(self.early(inputs), training=training)
        maps = self.late_norm(self.late(tf.nn.relu(maps)), training=training)
        if self.kind == "padding":
            maps = maps + padding_shortcut(inputs, *self.plan)
        elif self.kind == "projection":
            maps = maps + (self.mix_norm(self.mix(inputs), training=training) if self.changes else inputs)
        return tf.nn.relu(maps)
