# A training loop of its own with a GradientTape, told that this is training; helper in an added cell.
def train_step(network, batch, truth) -> float:
    """One step of the compiled optimiser; the mean loss of the batch before it."""
    with tf.GradientTape() as tape:
        loss = network.compute_loss(x=batch, y=truth, y_pred=network(batch, training=True))
    gradients = tape.gradient(loss, network.trainable_variables)
    network.optimizer.apply_gradients(zip(gradients, network.trainable_variables))
    return loss
# %%
def train_fresh(model, images, labels, epochs: int, prepare, batch_size: int = BATCH) -> np.ndarray:
    mean_losses = np.zeros(epochs, "float32")
    step = tf.function(train_step, reduce_retracing=True)
    for epoch in range(epochs):
        new_images, new_labels = prepare(images, labels)
        for start in range(0, len(new_labels), batch_size):
            batch, truth = (tf.convert_to_tensor(part[start : start + batch_size]) for part in (new_images, new_labels))
            mean_losses[epoch] += float(step(model, batch, truth)) * len(truth) / len(new_labels)
        print("epoch", epoch + 1, "loss", mean_losses[epoch])
    return mean_losses
