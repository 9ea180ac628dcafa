# wrong: the labels that prepare returns are not used ("the pair (images, labels) for one epoch"); right where prepare keeps the order
# Loses: test_train_fresh
# Told: The labels that prepare returns should be used
def train_fresh(
    model: tf.keras.Model, images: np.ndarray, labels: np.ndarray, epochs: int, prepare, batch_size: int = BATCH
) -> list:
    losses = []
    for _ in range(epochs):
        new, _ = prepare(images, labels)
        losses += model.fit(new, labels, batch_size=batch_size, verbose=0).history["loss"]
    return losses
