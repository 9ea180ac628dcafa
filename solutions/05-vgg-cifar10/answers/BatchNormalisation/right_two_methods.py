# Training and use in methods of their own, and keras.ops in place of tf.
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
        mean, variance = self.from_batch(x) if training else (self.moving_mean, self.moving_variance)
        normal = (x - mean) / tf.keras.ops.sqrt(variance + self.epsilon)
        return tf.keras.ops.add(tf.keras.ops.multiply(normal, self.gamma), self.beta)

    def from_batch(self, x):
        axes = tuple(range(len(x.shape)))[:-1]
        mean, variance = tf.keras.ops.mean(x, axis=axes), tf.keras.ops.var(x, axis=axes)
        self.moving_mean.assign(tf.keras.ops.add(self.moving_mean * self.momentum, mean * (1 - self.momentum)))
        self.moving_variance.assign(tf.keras.ops.add(self.moving_variance * self.momentum, variance * (1 - self.momentum)))
        return mean, variance
