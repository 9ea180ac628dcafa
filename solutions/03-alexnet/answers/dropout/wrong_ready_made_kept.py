# Tf.nn.dropout, kept under another name before ("Write it without tf.nn.dropout").
# Loses: test_dropout
# Told: it calls a ready-made dropout
drop = tf.nn.dropout


def dropout(values: np.ndarray, rate: float, training: bool) -> np.ndarray:
    return drop(values, rate) if training else values
