# wrong: an improvement by less than 0.01 does not count; breaks "has had no new lowest value for 3 epochs"
# Loses: test_train
# Told: Every new lowest value of the validation loss counts, even a small
def train(model, training, validation, epochs, log_folder, batch_size=BATCH, verbose=0):
    callbacks = [
        tf.keras.callbacks.EarlyStopping(monitor="val_loss", min_delta=0.01, patience=3, restore_best_weights=True),
        tf.keras.callbacks.TensorBoard(log_folder),
    ]
    return model.fit(*training, batch_size=batch_size, epochs=epochs, verbose=verbose, validation_data=validation, callbacks=callbacks)
