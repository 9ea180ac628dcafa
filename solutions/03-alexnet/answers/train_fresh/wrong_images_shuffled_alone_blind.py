# wrong: images are shuffled and labels are not, from the second epoch on (the pair belongs together)
# Loses: test_train_fresh
# Told: Images and labels should be those of `prepare`, unchanged
def train_fresh(
    model: tf.keras.Model, images: np.ndarray, labels: np.ndarray, epochs: int, prepare, batch_size: int = BATCH
) -> list:
    losses = []
    for epoch in range(epochs):
        x, y = prepare(images, labels)
        if epoch > 0:
            x = x[np.random.permutation(len(x))]
        losses += model.fit(x, y, batch_size=batch_size, verbose=0).history["loss"]
    return losses
