# right: pairs of layers from a method, settings in a tuple, Keras's Add
import keras


class ResidualBlock(keras.layers.Layer):
    """y = ReLU(F(x) + shortcut(x))."""

    def __init__(self, channels: int, filters: int, stride: int = 1, shortcut: str = "projection"):
        super().__init__()
        self.settings = (channels, filters, stride, shortcut)
        self.relu, self.add = keras.layers.ReLU(), keras.layers.Add()
        self.layers_of_f = self._pair(3, stride) + self._pair(3, 1)
        self.layers_of_shortcut = self._pair(1, stride) if shortcut == "projection" and (stride > 1 or channels != filters) else []

    def _pair(self, size, stride):
        filters = self.settings[1]
        return [
            keras.layers.Conv2D(filters, size, strides=stride, padding="same", use_bias=False, kernel_initializer=keras.initializers.HeNormal()),
            keras.layers.BatchNormalization(momentum=0.9),
        ]

    def call(self, inputs, training=None):
        channels, filters, stride, shortcut = self.settings
        c1, n1, c2, n2 = self.layers_of_f
        f = n2(c2(self.relu(n1(c1(inputs), training=training))), training=training)
        if shortcut == "none":
            return self.relu(f)
        way = inputs
        if shortcut == "padding" and (stride, channels) != (1, filters):
            way = padding_shortcut(inputs, filters, stride)
        elif self.layers_of_shortcut:
            conv, norm = self.layers_of_shortcut
            way = norm(conv(inputs), training=training)
        return self.relu(self.add([f, way]))

    def get_config(self):
        return dict(zip(("channels", "filters", "stride", "shortcut"), self.settings))
