# Each call of fit trains all epochs.
# Loses: test_train_fresh
# Told: each call of `fit` trains 3 epochs
def train_fresh(
    model: tf.keras.Model, images: np.ndarray, labels: np.ndarray, epochs: int, prepare, batch_size: int = BATCH
) -> list:
    losses = []
    for epoch in range(epochs):
        new_images, new_labels = prepare(images, labels)
        history = model.fit(new_images, new_labels, batch_size=batch_size, epochs=epochs, verbose=0)
        losses.append(history.history["loss"][-1])
    return losses
