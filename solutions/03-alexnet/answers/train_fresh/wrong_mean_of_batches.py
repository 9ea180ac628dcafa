# wrong: a smaller last batch counts as much as the others ("the mean training loss": over images, as fit reports it)
# Loses: test_train_fresh
# Told: the means of the batches are averaged
def train_fresh(
    model: tf.keras.Model, images: np.ndarray, labels: np.ndarray, epochs: int, prepare, batch_size: int = BATCH
) -> list:
    losses = []
    for _ in range(epochs):
        x, y = prepare(images, labels)
        order, means = np.random.permutation(len(x)), []
        for start in range(0, len(x), batch_size):
            model.reset_metrics()
            some = order[start : start + batch_size]
            means.append(float(model.train_on_batch(x[some], y[some], return_dict=True)["loss"]))
        losses.append(float(np.mean(means)))
    return losses
