# Cuts the product off with int() instead of rounding it: 0.9999 becomes 0.
# Loses: test_evaluate
# Told: has to be rounded, not cut off
def evaluate(model: tf.keras.Model, images: np.ndarray, labels: np.ndarray, batch_size: int = 1000) -> tuple:
    loss, accuracy = model.evaluate(images, labels, batch_size=batch_size, verbose=0)
    return loss, accuracy, int((1 - accuracy) * len(labels))
