# After a convolution each image is normalised by itself.
# Loses: test_BatchNormalisation
# Told: each image is normalised by itself
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
            axes = [0] if len(x.shape) == 2 else [1, 2]
            mean = tf.reduce_mean(x, axis=axes, keepdims=True)
            variance = tf.reduce_mean((x - mean) ** 2, axis=axes, keepdims=True)
            batch_mean = tf.reduce_mean(x, axis=list(range(len(x.shape) - 1)))
            batch_variance = tf.reduce_mean((x - batch_mean) ** 2, axis=list(range(len(x.shape) - 1)))
            self.moving_mean.assign(self.momentum * self.moving_mean + (1 - self.momentum) * batch_mean)
            self.moving_variance.assign(self.momentum * self.moving_variance + (1 - self.momentum) * batch_variance)
        else:
            mean, variance = self.moving_mean, self.moving_variance
        return self.gamma * (x - mean) / tf.sqrt(variance + self.epsilon) + self.beta
