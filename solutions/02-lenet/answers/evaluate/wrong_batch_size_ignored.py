# Leaves the batch size to Keras: right numbers.
# Loses: test_evaluate
# Told: The network should get `batch_size` images at a time
def evaluate(model: tf.keras.Model, images: np.ndarray, labels: np.ndarray, batch_size: int = 1000) -> tuple:
    loss, accuracy = model.evaluate(images, labels, verbose=0)
    return loss, accuracy, round((1 - accuracy) * len(labels))
