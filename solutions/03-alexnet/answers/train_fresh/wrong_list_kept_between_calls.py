# Keeps the losses in a default argument, which lives on from call to call.
# Loses: test_train_fresh
# Told: one loss for each of its own epochs
def train_fresh(
    model: tf.keras.Model, images: np.ndarray, labels: np.ndarray, epochs: int, prepare, batch_size: int = BATCH, losses: list = []
) -> list:
    for epoch in range(epochs):
        new_images, new_labels = prepare(images, labels)
        history = model.fit(new_images, new_labels, batch_size=batch_size, epochs=1, verbose=0)
        losses.append(history.history["loss"][-1])
    return losses
