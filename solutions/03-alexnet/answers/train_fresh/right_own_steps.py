# right: batches by hand with train_on_batch; the mean over images from the batch losses (metrics reset for each batch)
def train_fresh(
    model: tf.keras.Model, images: np.ndarray, labels: np.ndarray, epochs: int, prepare, batch_size: int = BATCH
) -> list:
    losses = []
    for _ in range(epochs):
        fresh_images, fresh_labels = prepare(images, labels)
        count, total = len(fresh_labels), 0.0
        order = np.random.permutation(count)
        for start in range(0, count, batch_size):
            some = order[start : start + batch_size]
            model.reset_metrics()
            loss = model.train_on_batch(fresh_images[some], fresh_labels[some], return_dict=True)["loss"]
            total += float(loss) * len(some)
        losses.append(total / count)
    return losses
