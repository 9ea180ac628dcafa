# Keeps one Keras metric for each k and never resets it.
# Loses: test_top_k_error
# Told: images of earlier calls
metrics_of_k = {}

def top_k_error(logits: np.ndarray, labels: np.ndarray, k: int) -> float:
    metric = metrics_of_k.setdefault(k, tf.keras.metrics.SparseTopKCategoricalAccuracy(k=k))
    metric.update_state(labels.astype("int64"), logits)
    return 1 - float(metric.result())
