# Gives the accuracy in percent.
# Loses: test_evaluate
# Told: in per cent
def evaluate(model: tf.keras.Model, images: np.ndarray, labels: np.ndarray, batch_size: int = 1000) -> tuple:
    loss, accuracy = model.evaluate(images, labels, batch_size=batch_size, verbose=0)
    return loss, 100 * accuracy, round((1 - accuracy) * len(labels))
