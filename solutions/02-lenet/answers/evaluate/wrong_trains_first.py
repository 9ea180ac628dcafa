# Trains on the test set before it measures.
# Loses: test_evaluate
# Told: evaluate changed the model
def evaluate(model: tf.keras.Model, images: np.ndarray, labels: np.ndarray, batch_size: int = 1000) -> tuple:
    model.fit(images, labels, batch_size=batch_size, verbose=0)
    loss, accuracy = model.evaluate(images, labels, batch_size=batch_size, verbose=0)
    return loss, accuracy, round((1 - accuracy) * len(labels))
