# A loop over the batches that adds up sums, and divides once at the end.
def evaluate(model: tf.keras.Model, images: np.ndarray, labels: np.ndarray, batch_size: int = 1000) -> tuple:
    total, wrong = 0.0, 0
    for start in range(0, len(images), batch_size):
        logits = model(images[start : start + batch_size], training=False)
        truth = tf.cast(labels[start : start + batch_size], tf.int64)
        total += float(tf.reduce_sum(tf.nn.sparse_softmax_cross_entropy_with_logits(truth, logits)))
        wrong += int(tf.reduce_sum(tf.cast(tf.argmax(logits, axis=1) != truth, tf.int32)))
    return total / len(images), 1 - wrong / len(images), wrong
