# Prepares what was prepared before.
# Loses: test_train_fresh
# Told: not what it returned before
def train_fresh(
    model: tf.keras.Model, images: np.ndarray, labels: np.ndarray, epochs: int, prepare, batch_size: int = BATCH
) -> list:
    losses = []
    for _ in range(epochs):
        images, labels = prepare(images, labels)
        losses += model.fit(images, labels, batch_size=batch_size, verbose=0).history["loss"]
    return losses
