# wrong: a step in inference mode: dropout never acts while training (the compiled model is to be trained)
# Loses: test_train_fresh
# Told: called with training=True
def train_fresh(
    model: tf.keras.Model, images: np.ndarray, labels: np.ndarray, epochs: int, prepare, batch_size: int = BATCH
) -> list:
    @tf.function(reduce_retracing=True)
    def step(x, y):
        with tf.GradientTape() as tape:
            loss = model.compute_loss(x, y, model(x, training=False))
        weights = model.trainable_variables
        model.optimizer.apply_gradients(zip(tape.gradient(loss, weights), weights))
        return loss

    model.optimizer.build(model.trainable_variables)
    means = []
    for _ in range(epochs):
        x, y = prepare(images, labels)
        order = np.random.permutation(len(x))
        parts = [order[i : i + batch_size] for i in range(0, len(x), batch_size)]
        losses = [float(step(tf.constant(x[part]), tf.constant(y[part]))) for part in parts]
        means.append(float(np.average(losses, weights=[len(part) for part in parts])))
    return means
