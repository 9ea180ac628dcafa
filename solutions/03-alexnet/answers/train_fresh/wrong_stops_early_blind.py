# wrong: stops when the loss has not fallen for five epochs, the rest is filled up ("epochs: how many passes over n images")
# Loses: test_train_fresh
# Told: All epochs should be trained, whatever the losses are
def train_fresh(
    model: tf.keras.Model, images: np.ndarray, labels: np.ndarray, epochs: int, prepare, batch_size: int = BATCH
) -> list:
    losses = []
    for _ in range(epochs):
        x, y = prepare(images, labels)
        losses += model.fit(x, y, batch_size=batch_size, verbose=0).history["loss"]
        if len(losses) > 5 and min(losses[-5:]) >= losses[-6]:
            losses += losses[-1:] * (epochs - len(losses))
            break
    return losses
