# Forgets gamma and beta, which do not show while they are 1 and 0.
# Loses: test_BatchNormalisation
# Told: gamma and beta are not used
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

    def call(self, x, training=False):
        if training:
            axes = list(range(len(x.shape) - 1))
            mean, variance = tf.nn.moments(x, axes)
            self.moving_mean.assign(self.momentum * self.moving_mean + (1 - self.momentum) * mean)
            self.moving_variance.assign(self.momentum * self.moving_variance + (1 - self.momentum) * variance)
        else:
            mean, variance = self.moving_mean, self.moving_variance
        return (x - mean) / tf.sqrt(variance + self.epsilon)
