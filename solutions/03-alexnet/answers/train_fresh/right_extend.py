# Collects the losses with extend and unpacks the pair first.
def train_fresh(
    model: tf.keras.Model, images: np.ndarray, labels: np.ndarray, epochs: int, prepare, batch_size: int = BATCH
) -> list:
    losses = []
    for epoch in range(epochs):
        new_images, new_labels = prepare(images, labels)
        losses.extend(model.fit(new_images, new_labels, batch_size, initial_epoch=epoch, epochs=epoch + 1, verbose=0).history["loss"])
    return losses
