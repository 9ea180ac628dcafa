# A generator yields the layers; global mean of a 1×1 map in place of Flatten (the same numbers).
from keras import Sequential, layers as kl

def network(channels, units, initializer, normalise, momentum):
    def behind():
        if normalise:
            yield kl.BatchNormalization(axis=-1, momentum=momentum, epsilon=1e-3)
        yield kl.ReLU()

    for width, depth in zip(channels, (2, 2, 3, 3, 3), strict=True):
        for _ in range(depth):
            yield kl.Conv2D(width, 3, 1, "same", use_bias=not normalise, kernel_initializer=initializer)
            yield from behind()
        yield kl.MaxPooling2D(2)
    yield kl.GlobalAveragePooling2D()
    for _ in range(2):
        yield kl.Dense(units, use_bias=not normalise, kernel_initializer=initializer)
        yield from behind()
    yield kl.Dense(10, kernel_initializer=initializer)

def repaired_vgg(channels: tuple = NARROW, units: int = NARROW_UNITS, initializer: str = "he_normal", normalise: bool = True, momentum: float = 0.9) -> tf.keras.Model:
    return Sequential([tf.keras.Input((32, 32, 3)), *network(channels, units, initializer, normalise, momentum)])
