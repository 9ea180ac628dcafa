# right: the two callbacks that the text names
def train(
    model: tf.keras.Model,
    training: tuple,
    validation: tuple,
    epochs: int,
    log_folder: str,
    batch_size: int = BATCH,
    verbose: int = 0,
) -> tf.keras.callbacks.History:
    """Train a compiled model, with early stopping and a log for TensorBoard."""
    callbacks = [
        tf.keras.callbacks.EarlyStopping(monitor="val_loss", patience=3, restore_best_weights=True),
        tf.keras.callbacks.TensorBoard(log_dir=log_folder),
    ]
    return model.fit(
        *training, batch_size=batch_size, epochs=epochs, validation_data=validation, callbacks=callbacks, verbose=verbose
    )
