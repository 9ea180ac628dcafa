# right: keras.ops for pooling and flattening, manual zero padding of two pixels
import keras


class LeNet5(keras.Model):
    def __init__(self, activation: str = "relu", pooling: str = "max", **options):
        super().__init__(**options)
        self.pooling = pooling
        self.frame = keras.layers.ZeroPadding2D(2)
        self.edges = keras.layers.Conv2D(6, 5, padding="valid", activation=activation)
        self.parts = keras.layers.Conv2D(16, 5, padding="valid", activation=activation)
        self.network = keras.Sequential(
            [keras.layers.Dense(120, activation), keras.layers.Dense(84, activation), keras.layers.Dense(10, None)]
        )

    def _pool(self, x):
        pool = keras.ops.max_pool if self.pooling == "max" else keras.ops.average_pool
        return pool(x, 2, strides=2, padding="valid")

    def feature_maps(self, images):
        maps = [self.edges(self.frame(images))]
        maps += [self._pool(maps[-1])]
        maps += [self.parts(maps[-1])]
        maps += [self._pool(maps[-1])]
        maps += [keras.ops.reshape(maps[-1], (-1, 400))]
        return maps

    def call(self, images):
        return self.network(self.feature_maps(images)[-1])
