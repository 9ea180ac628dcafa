# Predicts the logits and computes the rest in NumPy, with a stable softmax.
def evaluate(model: tf.keras.Model, images: np.ndarray, labels: np.ndarray, batch_size: int = 1000) -> tuple:
    logits = model.predict(images, batch_size=batch_size, verbose=0).astype("float64")
    logits -= logits.max(axis=1, keepdims=True)
    log_probabilities = logits - np.log(np.exp(logits).sum(axis=1, keepdims=True))
    loss = -log_probabilities[np.arange(len(labels)), labels].mean()
    right = int((logits.argmax(axis=1) == labels).sum())
    return loss, right / len(labels), len(labels) - right
