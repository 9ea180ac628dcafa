# Fixes the batch size of the example.
# Loses: test_train_fresh
# Told: The batches should be as large as `batch_size` says, and all epochs should be trained
def train_fresh(
    model: tf.keras.Model, images: np.ndarray, labels: np.ndarray, epochs: int, prepare, batch_size: int = BATCH
) -> list:
    losses = []
    for epoch in range(epochs):
        new_images, new_labels = prepare(images, labels)
        history = model.fit(new_images, new_labels, batch_size=8, epochs=1, verbose=0)
        losses.append(history.history["loss"][-1])
    return losses
