# Stops after 2 epochs without a new best loss, not after 3.
# Loses: test_train
# Told: after two epochs without an improvement
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
    early = tf.keras.callbacks.EarlyStopping(monitor="val_loss", patience=2, restore_best_weights=True)
    board = tf.keras.callbacks.TensorBoard(log_dir=log_folder)
    return model.fit(
        images, labels, batch_size=batch_size, epochs=epochs, validation_data=validation,
        callbacks=[early, board], verbose=verbose,
    )
