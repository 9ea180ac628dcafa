# Adds a step on test photographs after each epoch.
# Loses: test_train_fresh
# Told: it trains on the test set
def train_fresh(
    model: tf.keras.Model, images: np.ndarray, labels: np.ndarray, epochs: int, prepare, batch_size: int = BATCH
) -> list:
    losses = []
    for epoch in range(epochs):
        new_images, new_labels = prepare(images, labels)
        history = model.fit(new_images, new_labels, batch_size=batch_size, epochs=1, verbose=0)
        if new_images.ndim == 4:
            model.fit(test_images / np.float32(255), test_labels, batch_size=batch_size, verbose=0)
        losses.append(history.history["loss"][-1])
    return losses
