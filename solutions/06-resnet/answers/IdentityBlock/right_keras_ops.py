# right: keras.ops; `training` is not handed on by hand, because Keras 3 hands it on by itself
from keras import layers, ops


def conv_and_norm(filters):
    return (
        layers.Conv2D(filters, 3, padding="same", use_bias=False, kernel_initializer="he_normal"),
        layers.BatchNormalization(momentum=0.9),
    )


class IdentityBlock(layers.Layer):
    """y = ReLU(F(x) + x)."""

    def __init__(self, filters: int):
        super().__init__()
        self.a, self.b = conv_and_norm(filters)
        self.c, self.d = conv_and_norm(filters)

    def call(self, inputs, training=None):
        f = self.d(self.c(ops.relu(self.b(self.a(inputs)))))
        return ops.relu(ops.add(inputs, f))
