# Averages the batches as if they were equally large.
# Loses: test_evaluate
# Told: the means of the batches are averaged
def evaluate(model: tf.keras.Model, images: np.ndarray, labels: np.ndarray, batch_size: int = 1000) -> tuple:
    losses, shares = [], []
    for start in range(0, len(images), batch_size):
        logits = model(images[start : start + batch_size], training=False)
        truth = tf.cast(labels[start : start + batch_size], tf.int64)
        losses.append(float(tf.reduce_mean(tf.nn.sparse_softmax_cross_entropy_with_logits(truth, logits))))
        shares.append(float(np.mean(tf.argmax(logits, axis=1) == truth)))
    accuracy = np.mean(shares)
    return np.mean(losses), accuracy, round((1 - accuracy) * len(labels))
