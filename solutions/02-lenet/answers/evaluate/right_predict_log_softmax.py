# right: predict in batches, log_softmax of TensorFlow
def evaluate(model: tf.keras.Model, images: np.ndarray, labels: np.ndarray, batch_size: int = 1000) -> tuple:
    """Measure a trained classifier."""
    logits = model.predict(images, batch_size=batch_size, verbose=0)
    losses = tf.nn.sparse_softmax_cross_entropy_with_logits(labels=np.asarray(labels, "int64"), logits=logits)
    right = logits.argmax(axis=1) == labels
    return float(tf.reduce_mean(losses)), float(right.mean()), int(np.sum(~right))
