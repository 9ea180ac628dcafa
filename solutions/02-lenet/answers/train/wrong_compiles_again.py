# Compiles the model again and so replaces its optimiser and loss.
# Loses: test_train
# Told: should not be compiled again
def train(
    model: tf.keras.Model,
    training: tuple,
    validation: tuple,
    epochs: int,
    log_folder: str,
    batch_size: int = BATCH,
    verbose: int = 0,
) -> tf.keras.callbacks.History:
    model.compile("sgd", "mse", metrics=["accuracy"])
    images, labels = training
    early = tf.keras.callbacks.EarlyStopping(monitor="val_loss", patience=3, restore_best_weights=True)
    board = tf.keras.callbacks.TensorBoard(log_dir=log_folder)
    return model.fit(
        images, labels, batch_size=batch_size, epochs=epochs, validation_data=validation,
        callbacks=[early, board], verbose=verbose,
    )
