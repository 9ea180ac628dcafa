# Keras's metric, turned round.
def top_k_error(logits: np.ndarray, labels: np.ndarray, k: int) -> float:
    metric = tf.keras.metrics.SparseTopKCategoricalAccuracy(k=k)
    metric.update_state(labels.astype("int64"), logits)
    return 1 - float(metric.result())
