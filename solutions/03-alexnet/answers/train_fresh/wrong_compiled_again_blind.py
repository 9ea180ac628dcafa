# wrong: compiled again with a fresh optimiser of the same kind after the first epoch, with its state lost ("do not compile it again"); the count of steps is carried over
# Loses: test_train_fresh
# Told: The model is already compiled
def train_fresh(
    model: tf.keras.Model, images: np.ndarray, labels: np.ndarray, epochs: int, prepare, batch_size: int = BATCH
) -> list:
    losses = []
    for epoch in range(epochs):
        if epoch:
            steps = int(model.optimizer.iterations)
            new = type(model.optimizer).from_config(model.optimizer.get_config())
            model.compile(new, model.loss, metrics=["accuracy"])
            model.optimizer.iterations.assign(steps)
        x, y = prepare(images, labels)
        losses += model.fit(x, y, batch_size=batch_size, verbose=0).history["loss"]
    return losses
