# The variance as the mean of the squares minus the square of the mean; averages moved by a difference.
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
        if not training:
            return self.gamma * (x - self.moving_mean) * tf.math.rsqrt(self.moving_variance + self.epsilon) + self.beta
        flat = tf.reshape(x, [-1, x.shape[-1]])
        centre = tf.reduce_mean(flat, axis=0)
        spread = tf.reduce_mean((flat - centre) ** 2, axis=0)
        self.moving_mean.assign_add((1 - self.momentum) * (centre - self.moving_mean))
        self.moving_variance.assign_sub((1 - self.momentum) * (self.moving_variance - spread))
        return self.gamma * (x - centre) * tf.math.rsqrt(spread + self.epsilon) + self.beta
