# Hands the photographs over as bytes, 0 to 255, although the network expects 0 to 1.
# Loses: test_train_fresh
# Told: Images and labels should be those of `prepare`, unchanged
def train_fresh(
    model: tf.keras.Model, images: np.ndarray, labels: np.ndarray, epochs: int, prepare, batch_size: int = BATCH
) -> list:
    losses = []
    for epoch in range(epochs):
        new_images, new_labels = prepare(images, labels)
        if new_images.ndim == 4:
            new_images = np.round(new_images * 255)
        history = model.fit(new_images, new_labels, batch_size=batch_size, epochs=1, verbose=0)
        losses.append(history.history["loss"][-1])
    return losses
