# Imports Keras beside TensorFlow and takes its loss.
# Loses: test_cross_entropy
# Told: ready-made loss
import keras


def cross_entropy(targets: np.ndarray, logits: np.ndarray) -> float:
    if targets.ndim == 1:
        loss = keras.losses.SparseCategoricalCrossentropy(from_logits=True)
    else:
        loss = keras.losses.CategoricalCrossentropy(from_logits=True)
    return float(loss(targets, logits.astype("float64")))
