# Tf.math.reduce_variance (divides by n), a guard for None.
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
        axes = {2: [0], 4: [0, 1, 2]}[len(x.shape)]
        if training is None or not training:
            used = self.moving_mean, self.moving_variance
        else:
            used = tf.math.reduce_mean(x, axes), tf.math.reduce_variance(x, axes)
            keep = self.momentum
            self.moving_mean.assign(keep * self.moving_mean + (1.0 - keep) * used[0])
            self.moving_variance.assign(keep * self.moving_variance + (1.0 - keep) * used[1])
        deviation = tf.sqrt(used[1] + self.epsilon)
        return (x - used[0]) / deviation * self.gamma + self.beta
