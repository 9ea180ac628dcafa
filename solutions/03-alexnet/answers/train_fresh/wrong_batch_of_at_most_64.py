# wrong: batches are never larger than 64 (argument batch_size)
# Loses: test_train_fresh
# Told: The batches should be as large as `batch_size` says
def train_fresh(
    model: tf.keras.Model, images: np.ndarray, labels: np.ndarray, epochs: int, prepare, batch_size: int = BATCH
) -> list:
    losses = []
    for _ in range(epochs):
        x, y = prepare(images, labels)
        losses += model.fit(x, y, batch_size=min(batch_size, BATCH), verbose=0).history["loss"]
    return losses
