# right: a tf.data.Dataset for each epoch, initial_epoch counted on
def train_fresh(
    model: tf.keras.Model, images: np.ndarray, labels: np.ndarray, epochs: int, prepare, batch_size: int = BATCH
) -> list:
    expected = []
    for epoch in range(epochs):
        data = tf.data.Dataset.from_tensor_slices(prepare(images, labels)).shuffle(len(images)).batch(batch_size)
        run = model.fit(data, initial_epoch=epoch, epochs=epoch + 1, verbose=0)
        expected += run.history["loss"]
        print(f"epoch {epoch + 1}: loss {expected[-1]:.3f}")
    return expected
