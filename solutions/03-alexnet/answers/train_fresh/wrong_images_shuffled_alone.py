# Shuffles the images, but not their labels.
# Loses: test_train_fresh
# Told: Images and labels should be those of `prepare`, unchanged
def train_fresh(
    model: tf.keras.Model, images: np.ndarray, labels: np.ndarray, epochs: int, prepare, batch_size: int = BATCH
) -> list:
    losses = []
    for epoch in range(epochs):
        new_images, new_labels = prepare(images, labels)
        new_images = new_images[np.random.permutation(len(new_images))]
        history = model.fit(new_images, new_labels, batch_size=batch_size, epochs=1, verbose=0)
        losses.append(history.history["loss"][-1])
    return losses
