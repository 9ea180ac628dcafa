# Trains batch by batch with train_on_batch and weighs the losses.
def train_fresh(
    model: tf.keras.Model, images: np.ndarray, labels: np.ndarray, epochs: int, prepare, batch_size: int = BATCH
) -> list:
    losses = []
    for _ in range(epochs):
        new_images, new_labels = prepare(images, labels)
        order = np.random.permutation(len(new_labels))
        total = 0.0
        for start in range(0, len(order), batch_size):
            chosen = order[start : start + batch_size]
            model.reset_metrics()
            result = model.train_on_batch(new_images[chosen], new_labels[chosen], return_dict=True)
            total += float(result["loss"]) * len(chosen)
        losses.append(total / len(order))
    return losses
