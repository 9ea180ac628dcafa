# right: a list comprehension, no shuffling (the text does not ask for it)
def train_fresh(
    model: tf.keras.Model, images: np.ndarray, labels: np.ndarray, epochs: int, prepare, batch_size: int = BATCH
) -> list:
    return [
        float(model.fit(*prepare(images, labels), batch_size=batch_size, shuffle=False, verbose=0).history["loss"][-1])
        for _ in range(epochs)
    ]
