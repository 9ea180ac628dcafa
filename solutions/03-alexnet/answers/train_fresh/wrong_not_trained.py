# Measures the losses with evaluate and trains nothing.
# Loses: test_train_fresh
# Told: This model should be trained
def train_fresh(
    model: tf.keras.Model, images: np.ndarray, labels: np.ndarray, epochs: int, prepare, batch_size: int = BATCH
) -> list:
    losses = []
    for epoch in range(epochs):
        new_images, new_labels = prepare(images, labels)
        losses.append(float(np.ravel(model.evaluate(new_images, new_labels, batch_size=batch_size, verbose=0))[0]))
    return losses
