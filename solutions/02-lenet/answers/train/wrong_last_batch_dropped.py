# wrong: leaves out the last, smaller batch of every epoch; breaks "passes over the training images"
# Loses: test_train
# Told: Each epoch should go through the training images once, in batches of
def train(model, training, validation, epochs, log_folder, batch_size=BATCH, verbose=0):
    whole = max(len(training[0]) // batch_size * batch_size, 1)
    callbacks = [
        tf.keras.callbacks.EarlyStopping(monitor="val_loss", patience=3, restore_best_weights=True),
        tf.keras.callbacks.TensorBoard(log_folder),
    ]
    return model.fit(
        training[0][:whole], training[1][:whole], batch_size=batch_size, epochs=epochs, verbose=verbose, validation_data=validation, callbacks=callbacks
    )
