# Keeps the weights of the last epoch and not of the best: passes the visible check.
# Loses: test_train
# Told: the weights of the last epoch are kept
def train(
    model: tf.keras.Model,
    training: tuple,
    validation: tuple,
    epochs: int,
    log_folder: str,
    batch_size: int = BATCH,
    verbose: int = 0,
) -> tf.keras.callbacks.History:
    images, labels = training
    early = tf.keras.callbacks.EarlyStopping(monitor="val_loss", patience=3)
    board = tf.keras.callbacks.TensorBoard(log_dir=log_folder)
    return model.fit(
        images, labels, batch_size=batch_size, epochs=epochs, validation_data=validation,
        callbacks=[early, board], verbose=verbose,
    )
