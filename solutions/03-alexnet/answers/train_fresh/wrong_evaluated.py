# wrong: the loss is measured after the epoch ("the mean training loss of each epoch"); alike where nothing is learned
# Loses: test_train_fresh
# Told: this is the loss after the epoch
def train_fresh(
    model: tf.keras.Model, images: np.ndarray, labels: np.ndarray, epochs: int, prepare, batch_size: int = BATCH
) -> list:
    losses = []
    for _ in range(epochs):
        x, y = prepare(images, labels)
        model.fit(x, y, batch_size=batch_size, verbose=0)
        losses.append(float(np.ravel(model.evaluate(x, y, verbose=0))[0]))
    return losses
