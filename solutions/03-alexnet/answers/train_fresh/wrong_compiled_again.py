# Compiles in each epoch.
# Loses: test_train_fresh
# Told: This model should be trained, with batches of `batch_size` images
def train_fresh(
    model: tf.keras.Model, images: np.ndarray, labels: np.ndarray, epochs: int, prepare, batch_size: int = BATCH
) -> list:
    losses = []
    for epoch in range(epochs):
        new_images, new_labels = prepare(images, labels)
        model.compile(type(model.optimizer)(float(model.optimizer.learning_rate)), model.loss)
        history = model.fit(new_images, new_labels, batch_size=batch_size, epochs=1, verbose=0)
        losses.append(history.history["loss"][-1])
    return losses
