# wrong: prints nothing whatever is asked for; breaks "verbose: what Keras prints: 0 nothing, 2 a line an epoch"
# Loses: test_train
# Told: With verbose=2 Keras prints one line per epoch
def train(model, training, validation, epochs, log_folder, batch_size=BATCH, verbose=0):
    callbacks = [
        tf.keras.callbacks.EarlyStopping(monitor="val_loss", patience=3, restore_best_weights=True),
        tf.keras.callbacks.TensorBoard(log_folder),
    ]
    return model.fit(*training, batch_size=batch_size, epochs=epochs, verbose=0, validation_data=validation, callbacks=callbacks)
