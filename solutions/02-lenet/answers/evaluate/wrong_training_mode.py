# Uses the network in training mode, where dropout is on: only the hidden check has dropout.
# Loses: test_evaluate
# Told: It should measure the model, not train it
def evaluate(model: tf.keras.Model, images: np.ndarray, labels: np.ndarray, batch_size: int = 1000) -> tuple:
    logits = model(images, training=True)
    truth = tf.cast(labels, tf.int64)
    loss = tf.reduce_mean(tf.nn.sparse_softmax_cross_entropy_with_logits(truth, logits))
    wrong = int(np.sum(tf.argmax(logits, axis=1) != truth))
    return float(loss), 1 - wrong / len(labels), wrong
