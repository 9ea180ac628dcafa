# Prepares, and then trains on the originals.
# Loses: test_train_fresh
# Told: the originals are used for training
def train_fresh(
    model: tf.keras.Model, images: np.ndarray, labels: np.ndarray, epochs: int, prepare, batch_size: int = BATCH
) -> list:
    losses = []
    for epoch in range(epochs):
        new_images, new_labels = prepare(images, labels)
        history = model.fit(images, new_labels, batch_size=batch_size, epochs=1, verbose=0)
        losses.append(history.history["loss"][-1])
    return losses
