# TensorFlow 1's ready-made dropout.
# Loses: test_dropout
# Told: it calls a ready-made dropout
def dropout(values, rate, training):
    return tf.compat.v1.nn.dropout(values, rate=rate).numpy() if training else values
