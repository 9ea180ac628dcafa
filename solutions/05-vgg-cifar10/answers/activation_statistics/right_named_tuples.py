# TensorFlow only, a helper for one array, a NamedTuple as the pair.
from typing import NamedTuple

class Statistics(NamedTuple):
    spread: float
    dead: float

def mean(values) -> float:
    return float(tf.reduce_mean(tf.cast(values, tf.float64)))

def describe(values) -> Statistics:
    flat = tf.reshape(tf.cast(values, tf.float64), (-1, values.shape[-1]))
    alive = tf.reduce_any(flat > 0, axis=0)
    return Statistics(float(tf.math.reduce_std(flat)), mean(~alive))

def activation_statistics(model: tf.keras.Model, images: np.ndarray) -> list[Statistics]:
    layers = [layer for layer in model.layers if type(layer) is tf.keras.layers.ReLU]
    probe = tf.keras.Model(inputs=model.inputs, outputs=[layer.output for layer in layers])
    return [describe(values) for values in probe(images, training=True)]
