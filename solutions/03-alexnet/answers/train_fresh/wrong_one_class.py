# Gives all images the label of the first one.
# Loses: test_train_fresh
# Told: predicts the same class for all of them
def train_fresh(
    model: tf.keras.Model, images: np.ndarray, labels: np.ndarray, epochs: int, prepare, batch_size: int = BATCH
) -> list:
    losses = []
    for epoch in range(epochs):
        new_images, new_labels = prepare(images, labels)
        new_labels = np.broadcast_to(new_labels[:1], new_labels.shape)
        history = model.fit(new_images, new_labels, batch_size=batch_size, epochs=1, verbose=0)
        losses.append(history.history["loss"][-1])
    return losses
