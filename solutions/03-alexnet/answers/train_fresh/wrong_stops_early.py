# Stops as soon as the loss rises.
# Loses: test_train_fresh
# Told: one loss for each of its own epochs
def train_fresh(
    model: tf.keras.Model, images: np.ndarray, labels: np.ndarray, epochs: int, prepare, batch_size: int = BATCH
) -> list:
    losses = []
    for epoch in range(epochs):
        new_images, new_labels = prepare(images, labels)
        history = model.fit(new_images, new_labels, batch_size=batch_size, epochs=1, verbose=0)
        losses.append(history.history["loss"][-1])
    if len(losses) > 1 and losses[-1] > losses[0]:
        losses = losses[:1]
    return losses
