# Computes the loss as if the logits were probabilities.
# Loses: test_evaluate
# Told: the logits are taken to be probabilities
def evaluate(model: tf.keras.Model, images: np.ndarray, labels: np.ndarray, batch_size: int = 1000) -> tuple:
    logits = model.predict(images, batch_size=batch_size, verbose=0)
    loss = tf.reduce_mean(tf.keras.losses.sparse_categorical_crossentropy(labels, logits))
    wrong = int((logits.argmax(axis=1) != labels).sum())
    return float(loss), 1 - wrong / len(labels), wrong
