# A subclass of tf.keras.Model; a function in a cell of its own makes convolution and normalisation.
from tensorflow.keras import layers


def convolution_and_norm(filters: int) -> list:
    kernels = tf.keras.initializers.VarianceScaling(2.0, "fan_in", "truncated_normal")
    return [layers.Conv2D(int(filters), 3, 1, "same", use_bias=False, kernel_initializer=kernels), layers.BatchNormalization(momentum=0.9)]


# %%
class IdentityBlock(tf.keras.Model):
    def __init__(self, filters: int):
        super().__init__()
        self.front = convolution_and_norm(filters)
        self.back = convolution_and_norm(filters)
        print("a block of", filters, "filters")

    def call(self, inputs, training=False):
        values = inputs
        for place, (convolution, norm) in enumerate((self.front, self.back)):
            values = norm(convolution(values), training=training)
            if place == 1:
                values = layers.add([values, inputs])
            values = tf.where(values > 0, values, 0.0)
        return values
