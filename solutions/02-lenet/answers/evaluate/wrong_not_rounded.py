# Multiplies, and leaves the product a float.
# Loses: test_evaluate
# Told: has to be rounded to a whole number
def evaluate(model: tf.keras.Model, images: np.ndarray, labels: np.ndarray, batch_size: int = 1000) -> tuple:
    loss, accuracy = model.evaluate(images, labels, batch_size=batch_size, verbose=0)
    return loss, accuracy, (1 - accuracy) * len(labels)
