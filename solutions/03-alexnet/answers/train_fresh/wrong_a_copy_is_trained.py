# Trains a copy of the model and leaves the model as it was.
# Loses: test_train_fresh
# Told: This model should be trained
def train_fresh(
    model: tf.keras.Model, images: np.ndarray, labels: np.ndarray, epochs: int, prepare, batch_size: int = BATCH
) -> list:
    losses = []
    copy = tf.keras.models.clone_model(model)
    copy.set_weights(model.get_weights())
    copy.compile(type(model.optimizer).from_config(model.optimizer.get_config()), model.loss)
    for epoch in range(epochs):
        new_images, new_labels = prepare(images, labels)
        history = copy.fit(new_images, new_labels, batch_size=batch_size, epochs=1, verbose=0)
        losses.append(history.history["loss"][-1])
    return losses
