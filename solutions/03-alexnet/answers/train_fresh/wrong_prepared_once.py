# Prepares once, before the first epoch.
# Loses: test_train_fresh
# Told: for the first epoch alone
def train_fresh(
    model: tf.keras.Model, images: np.ndarray, labels: np.ndarray, epochs: int, prepare, batch_size: int = BATCH
) -> list:
    new_images, new_labels = prepare(images, labels)
    return model.fit(new_images, new_labels, batch_size=batch_size, epochs=epochs, verbose=0).history["loss"]
