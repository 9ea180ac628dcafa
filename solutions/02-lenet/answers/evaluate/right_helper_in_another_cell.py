# A helper in a cell of its own that counts; NumPy numbers are returned.
def count_wrong(network: tf.keras.Model, inputs, truth, size: int) -> np.int64:
    """How many images the network takes for another class."""
    guesses = np.concatenate(
        [np.argmax(network.predict_on_batch(inputs[i : i + size]), axis=-1) for i in range(0, len(inputs), size)]
    )
    return np.count_nonzero(guesses != truth)

# %%
def evaluate(model: tf.keras.Model, images: np.ndarray, labels: np.ndarray, batch_size: int = 1000) -> tuple:
    wrong = count_wrong(model, images, labels, batch_size)
    report = model.evaluate(x=images, y=labels, batch_size=batch_size, verbose=0)
    print("test loss", report[0])
    return np.float64(report[0]), np.float32(1 - wrong / len(labels)), np.int64(wrong)
