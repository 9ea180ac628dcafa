# Uses a name that exists only in the student's session.
# Loses: test_evaluate
# Told: exists only in your session
def evaluate(model: tf.keras.Model, images: np.ndarray, labels: np.ndarray, batch_size: int = 1000) -> tuple:
    loss, accuracy = model.evaluate(images, labels, batch_size=batch_size, verbose=0)
    return loss, accuracy, round((1 - accuracy) * number_of_test_images)
