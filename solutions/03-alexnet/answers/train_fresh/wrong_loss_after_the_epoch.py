# Returns the loss after each epoch, measured with evaluate.
# Loses: test_train_fresh
# Told: this is the loss after the epoch
def train_fresh(
    model: tf.keras.Model, images: np.ndarray, labels: np.ndarray, epochs: int, prepare, batch_size: int = BATCH
) -> list:
    losses = []
    for _ in range(epochs):
        new_images, new_labels = prepare(images, labels)
        model.fit(new_images, new_labels, batch_size=batch_size, verbose=0)
        measured = model.evaluate(new_images, new_labels, verbose=0)
        losses.append(measured[0] if isinstance(measured, list) else measured)
    return losses
