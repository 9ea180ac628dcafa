# wrong: takes the global BATCH instead of the argument; breaks "batch_size: images in one training step"
# Loses: test_train
# Told: Each epoch should go through the training images once, in batches of
def train(model, training, validation, epochs, log_folder, batch_size=BATCH, verbose=0):
    callbacks = [
        tf.keras.callbacks.EarlyStopping(monitor="val_loss", patience=3, restore_best_weights=True),
        tf.keras.callbacks.TensorBoard(log_folder),
    ]
    return model.fit(*training, batch_size=BATCH, epochs=epochs, verbose=verbose, validation_data=validation, callbacks=callbacks)
