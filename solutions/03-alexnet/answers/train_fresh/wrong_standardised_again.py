# Brings the prepared images to mean 0 and standard deviation 1.
# Loses: test_train_fresh
# Told: those that `prepare` returns
def train_fresh(
    model: tf.keras.Model, images: np.ndarray, labels: np.ndarray, epochs: int, prepare, batch_size: int = BATCH
) -> list:
    losses = []
    for epoch in range(epochs):
        new_images, new_labels = prepare(images, labels)
        new_images = (new_images - new_images.mean()) / (new_images.std() + 1e-7)
        history = model.fit(new_images, new_labels, batch_size=batch_size, epochs=1, verbose=0)
        losses.append(history.history["loss"][-1])
    return losses
