# right: a loop over γ and β, with a helper
class ConvNorm(tf.keras.layers.Layer):
    """A convolution and its batch normalisation."""

    def __init__(self, filters, size, stride):
        super().__init__()
        self.conv = tf.keras.layers.Conv2D(filters, size, strides=(stride, stride), padding="same", use_bias=False, kernel_initializer="he_normal")
        self.norm = tf.keras.layers.BatchNormalization(momentum=0.9)

    def call(self, inputs, training=None):
        return self.norm(self.conv(inputs), training=training)


class ResidualBlock(tf.keras.layers.Layer):
    """y = ReLU(F(x) + shortcut(x)), for every shape."""

    def __init__(self, channels: int, filters: int, stride: int = 1, shortcut: str = "projection"):
        super().__init__()
        self.halves = [ConvNorm(filters, 3, stride), ConvNorm(filters, 3, 1)]
        self.kind = "identity" if shortcut != "none" and (channels, 1) == (filters, stride) else shortcut
        self.projection = ConvNorm(filters, 1, stride) if self.kind == "projection" else None
        self.padding = lambda maps: padding_shortcut(maps, filters, stride)

    def call(self, inputs, training=None):
        outputs = self.halves[1](tf.nn.relu(self.halves[0](inputs, training=training)), training=training)
        match self.kind:
            case "identity":
                outputs = outputs + inputs
            case "padding":
                outputs = outputs + self.padding(inputs)
            case "projection":
                outputs = outputs + self.projection(inputs, training=training)
        return tf.nn.relu(outputs)


# %%
def last_norm(block):
    return block.halves[-1].norm


def start_as_identity(block: ResidualBlock) -> ResidualBlock:
    for weight in last_norm(block).trainable_weights:
        weight.assign(np.zeros(weight.shape, "float32"))
    return block
