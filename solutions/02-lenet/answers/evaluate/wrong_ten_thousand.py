# Multiplies by 10,000, the size of the test set of the digits.
# Loses: test_evaluate
# Told: has to be rounded, not cut off
def evaluate(model: tf.keras.Model, images: np.ndarray, labels: np.ndarray, batch_size: int = 1000) -> tuple:
    loss, accuracy = model.evaluate(images, labels, batch_size=batch_size, verbose=0)
    return loss, accuracy, round((1 - accuracy) * 10_000)
