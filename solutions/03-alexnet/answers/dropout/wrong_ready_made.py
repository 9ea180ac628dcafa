# Calls TensorFlow's dropout.
# Loses: test_dropout
# Told: calls a ready-made dropout
def dropout(values: np.ndarray, rate: float, training: bool) -> np.ndarray:
    if not training:
        return values
    kept = np.random.random(values.shape) >= rate
    return tf.nn.dropout(values, rate)
