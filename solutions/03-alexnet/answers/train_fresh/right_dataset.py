# A tf.data pipeline for each epoch; returns an array.
def train_fresh(
    model: tf.keras.Model, images: np.ndarray, labels: np.ndarray, epochs: int, prepare, batch_size: int = BATCH
) -> list:
    losses = np.zeros(epochs)
    for epoch in range(epochs):
        data = tf.data.Dataset.from_tensor_slices(tuple(prepare(images, labels)))
        data = data.shuffle(10_000).batch(batch_size).prefetch(2)
        losses[epoch] = model.fit(data, verbose=0).history["loss"][-1]
    return losses
