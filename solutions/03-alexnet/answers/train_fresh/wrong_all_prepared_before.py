# wrong: everything is prepared before the first epoch ("it is called once at the start of each epoch")
# Loses: test_train_fresh
# Told: all epochs are prepared before the first one starts
def train_fresh(
    model: tf.keras.Model, images: np.ndarray, labels: np.ndarray, epochs: int, prepare, batch_size: int = BATCH
) -> list:
    ready = [prepare(images, labels) for _ in range(epochs)]
    return [model.fit(x, y, batch_size=batch_size, verbose=0).history["loss"][0] for x, y in ready]
