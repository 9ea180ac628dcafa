# wrong: measures the validation loss on the first batch only; breaks "its loss on the second pair is measured after each epoch"
# Loses: test_train
# Told: measured on the whole validation pair
def train(model, training, validation, epochs, log_folder, batch_size=BATCH, verbose=0):
    callbacks = [
        tf.keras.callbacks.EarlyStopping(monitor="val_loss", patience=3, restore_best_weights=True),
        tf.keras.callbacks.TensorBoard(log_folder),
    ]
    return model.fit(
        *training, batch_size=batch_size, epochs=epochs, verbose=verbose, validation_data=validation, validation_steps=1, callbacks=callbacks
    )
