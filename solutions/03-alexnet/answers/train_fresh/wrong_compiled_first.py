# wrong: compiled again at the start, the same optimiser but another loss object from its name and no metrics ("do not compile it again")
# Loses: test_train_fresh
# Told: The model is already compiled
def train_fresh(
    model: tf.keras.Model, images: np.ndarray, labels: np.ndarray, epochs: int, prepare, batch_size: int = BATCH
) -> list:
    model.compile(optimizer=model.optimizer, loss=model.loss)
    losses = []
    for _ in range(epochs):
        x, y = prepare(images, labels)
        losses += model.fit(x, y, batch_size=batch_size, verbose=0).history["loss"]
    return losses
