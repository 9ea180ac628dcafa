# Metric objects of Keras, updated batch by batch.
def evaluate(model: tf.keras.Model, images: np.ndarray, labels: np.ndarray, batch_size: int = 1000) -> tuple:
    loss = tf.keras.metrics.SparseCategoricalCrossentropy(from_logits=True)
    accuracy = tf.keras.metrics.SparseCategoricalAccuracy()
    for inputs, truth in tf.data.Dataset.from_tensor_slices((images, labels)).batch(batch_size):
        logits = model(inputs, training=False)
        loss.update_state(truth, logits)
        accuracy.update_state(truth, logits)
    share = float(accuracy.result())
    return float(loss.result()), share, round(len(labels) * (1 - share))
