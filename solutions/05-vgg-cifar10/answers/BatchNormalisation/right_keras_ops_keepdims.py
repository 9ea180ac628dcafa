# Keras.ops with keepdims.
import keras
from keras import ops

class BatchNormalisation(keras.layers.Layer):

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
        mean, variance = self.moving_mean, self.moving_variance
        if training:
            axes = (0,) if len(x.shape) == 2 else (0, 1, 2)
            mean = ops.mean(x, axis=axes, keepdims=True)
            variance = ops.mean(ops.square(x - mean), axis=axes, keepdims=True)
            m = self.momentum
            self.moving_mean.assign(m * self.moving_mean + (1 - m) * ops.reshape(mean, (-1,)))
            self.moving_variance.assign(m * self.moving_variance + (1 - m) * ops.reshape(variance, (-1,)))
        return self.gamma * ((x - mean) / ops.sqrt(variance + self.epsilon)) + self.beta
