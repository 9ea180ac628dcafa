# Counts the right images instead of the wrong ones.
# Loses: test_evaluate
# Told: this is the number of correct images
def evaluate(model: tf.keras.Model, images: np.ndarray, labels: np.ndarray, batch_size: int = 1000) -> tuple:
    loss, accuracy = model.evaluate(images, labels, batch_size=batch_size, verbose=0)
    return loss, accuracy, round(accuracy * len(labels))
