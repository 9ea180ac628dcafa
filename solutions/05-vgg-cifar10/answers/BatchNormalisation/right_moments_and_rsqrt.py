# Tf.nn.moments for the batch (it is not batch normalisation), assign_add, rsqrt.
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

    def _step(self, moving, batch):
        moving.assign_add((1.0 - self.momentum) * (batch - moving))

    def call(self, x, training=False):
        x = tf.convert_to_tensor(x)
        if not training:
            return self._normalise(x, tf.convert_to_tensor(self.moving_mean), tf.convert_to_tensor(self.moving_variance))
        mean, variance = tf.nn.moments(x, axes=tuple(range(x.shape.rank - 1)))
        self._step(self.moving_mean, mean)
        self._step(self.moving_variance, variance)
        return self._normalise(x, mean, variance)

    def _normalise(self, x, mean, variance):
        factor = self.gamma * tf.math.rsqrt(variance + self.epsilon)
        return x * factor + (self.beta - mean * factor)
