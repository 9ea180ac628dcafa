# Sends all images through at once, which a large test set does not survive.
# Loses: test_evaluate
# Told: all images go through the network at once
def evaluate(model: tf.keras.Model, images: np.ndarray, labels: np.ndarray, batch_size: int = 1000) -> tuple:
    logits = tf.convert_to_tensor(model(images, training=False))
    truth = tf.cast(labels, tf.int64)
    loss = tf.reduce_mean(tf.nn.sparse_softmax_cross_entropy_with_logits(truth, logits))
    wrong = int(np.sum(tf.argmax(logits, axis=1) != truth))
    return float(loss), 1 - wrong / len(labels), wrong
