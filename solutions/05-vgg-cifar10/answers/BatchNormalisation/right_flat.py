# X is reshaped to (places, channels), normalised and shaped back.
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
        rows = tf.reshape(x, (-1, self.gamma.shape[0]))
        if training:
            count = tf.cast(tf.shape(rows)[0], rows.dtype)
            mean = tf.reduce_sum(rows, axis=0) / count
            centred = rows - mean
            variance = tf.reduce_sum(centred * centred, axis=0) / count
            for moving, new in ((self.moving_mean, mean), (self.moving_variance, variance)):
                moving.assign(self.momentum * moving.value + (1 - self.momentum) * new)
        else:
            centred, variance = rows - self.moving_mean, self.moving_variance
        rows = centred / (variance + self.epsilon) ** 0.5 * self.gamma + self.beta
        return tf.reshape(rows, tf.shape(x))
