# Rounds the accuracy to two decimals and counts with that.
# Loses: test_evaluate
# Told: not rounded
def evaluate(model: tf.keras.Model, images: np.ndarray, labels: np.ndarray, batch_size: int = 1000) -> tuple:
    loss, accuracy = model.evaluate(images, labels, batch_size=batch_size, verbose=0)
    return loss, round(accuracy, 3 if len(labels) < 10 else 2), round((1 - accuracy) * len(labels))
