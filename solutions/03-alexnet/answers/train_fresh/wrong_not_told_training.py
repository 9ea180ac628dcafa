# A GradientTape loop that does not tell the model that this is training.
# Loses: test_train_fresh
# Told: training=True
def train_fresh(
    model: tf.keras.Model, images: np.ndarray, labels: np.ndarray, epochs: int, prepare, batch_size: int = BATCH
) -> list:
    losses = []
    for _ in range(epochs):
        new_images, new_labels = prepare(images, labels)
        total = 0.0
        for start in range(0, len(new_labels), batch_size):
            batch, truth = new_images[start : start + batch_size], new_labels[start : start + batch_size]
            with tf.GradientTape() as tape:
                outputs = model(batch)
                if outputs.shape[-1] == 1:
                    loss = tf.reduce_mean(tf.square(outputs[:, 0] - truth))
                else:
                    loss = tf.reduce_mean(tf.nn.sparse_softmax_cross_entropy_with_logits(truth.astype(int), outputs))
            model.optimizer.apply_gradients(zip(tape.gradient(loss, model.trainable_variables), model.trainable_variables))
            total += float(loss) * len(truth)
        losses.append(total / len(new_labels))
    return losses
