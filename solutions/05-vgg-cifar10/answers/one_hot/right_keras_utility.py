# Keras's to_categorical, with the check in front of it.
def one_hot(labels: np.ndarray, classes: int) -> np.ndarray:
    flat = labels.reshape(len(labels))
    for label in flat:
        if not 0 <= label < classes:
            raise ValueError("label out of range")
    return tf.keras.utils.to_categorical(flat, classes).astype("float32")
