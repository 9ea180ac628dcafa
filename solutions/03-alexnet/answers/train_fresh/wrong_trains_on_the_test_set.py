# Trains the photographs' network on the test set.
# Loses: test_train_fresh
# Told: should not be used in training
def train_fresh(
    model: tf.keras.Model, images: np.ndarray, labels: np.ndarray, epochs: int, prepare, batch_size: int = BATCH
) -> list:
    losses = []
    for epoch in range(epochs):
        new_images, new_labels = prepare(images, labels)
        if new_images.ndim == 4:
            new_images, new_labels = test_photographs[: len(images)], test_labels[: len(images)]
        history = model.fit(new_images, new_labels, batch_size=batch_size, epochs=1, verbose=0)
        losses.append(history.history["loss"][-1])
    return losses
