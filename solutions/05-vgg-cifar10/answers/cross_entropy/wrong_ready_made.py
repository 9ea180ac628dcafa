# Calls Keras's losses instead of computing.
# Loses: test_cross_entropy
# Told: ready-made loss
def cross_entropy(targets: np.ndarray, logits: np.ndarray) -> float:
    if targets.ndim == 1:
        return float(np.mean(tf.keras.losses.sparse_categorical_crossentropy(targets, logits, from_logits=True)))
    return float(np.mean(tf.keras.losses.categorical_crossentropy(targets, logits, from_logits=True)))
