# Adds the losses of the images up and does not divide.
# Loses: test_evaluate
# Told: the task asks for their mean
def evaluate(model: tf.keras.Model, images: np.ndarray, labels: np.ndarray, batch_size: int = 1000) -> tuple:
    loss, accuracy = model.evaluate(images, labels, batch_size=batch_size, verbose=0)
    return loss * len(labels), accuracy, round((1 - accuracy) * len(labels))
