# A softmax by hand that overflows for large logits: passes the visible check.
# Loses: test_evaluate
# Told: Softmax followed by a logarithm overflows with large logits
def evaluate(model: tf.keras.Model, images: np.ndarray, labels: np.ndarray, batch_size: int = 1000) -> tuple:
    logits = model.predict(images, batch_size=batch_size, verbose=0)
    with np.errstate(all="ignore"):
        probabilities = np.exp(logits) / np.exp(logits).sum(axis=1, keepdims=True)
        loss = -np.log(probabilities[np.arange(len(labels)), labels]).mean()
    wrong = int((logits.argmax(axis=1) != labels).sum())
    return loss, 1 - wrong / len(labels), wrong
