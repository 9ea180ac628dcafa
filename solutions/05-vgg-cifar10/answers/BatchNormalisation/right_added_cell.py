# The formula in an added cell, axis by axis with keepdims; type hints, weights updated in a loop.
def normalise_with(x, mean, variance, gamma, beta, epsilon: float):
    return tf.multiply(tf.math.divide(tf.subtract(x, mean), tf.math.sqrt(tf.add(variance, epsilon))), gamma) + beta


# %%
class BatchNormalisation(tf.keras.layers.Layer):
    def __init__(self, momentum: float = 0.99, epsilon: float = 0.001):
        super().__init__()
        self.momentum, self.epsilon = momentum, epsilon

    def build(self, shape):
        size = (shape[-1],)
        self.gamma = self.add_weight(name="gamma", shape=size, initializer="ones")
        self.beta = self.add_weight(name="beta", shape=size, initializer="zeros")
        self.moving_mean = self.add_weight(name="moving_mean", shape=size, initializer="zeros", trainable=False)
        self.moving_variance = self.add_weight(name="moving_variance", shape=size, initializer="ones", trainable=False)

    def call(self, x, training: bool = False) -> tf.Tensor:
        if not training:
            return normalise_with(x, self.moving_mean, self.moving_variance, self.gamma, self.beta, self.epsilon)
        mean = x
        for axis in range(len(x.shape) - 1):
            mean = tf.reduce_mean(mean, axis=axis, keepdims=True)
        squares = (x - mean) ** 2
        for axis in range(len(x.shape) - 1):
            squares = tf.reduce_mean(squares, axis=axis, keepdims=True)
        for moving, found in zip(self.non_trainable_weights, (mean, squares)):
            moving.assign(moving * self.momentum + tf.reshape(found, [-1]) * (1 - self.momentum))
        return normalise_with(x, mean, squares, self.gamma, self.beta, self.epsilon)
