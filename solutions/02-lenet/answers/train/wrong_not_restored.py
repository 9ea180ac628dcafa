# wrong: the weights of the last epoch stay; breaks "then the weights of the best epoch are restored"
# Loses: test_train
# Told: the weights of the last epoch are kept
def train(model, training, validation, epochs, log_folder, batch_size=BATCH, verbose=0):
    callbacks = [tf.keras.callbacks.EarlyStopping(monitor="val_loss", patience=3), tf.keras.callbacks.TensorBoard(log_folder)]
    return model.fit(*training, batch_size=batch_size, epochs=epochs, verbose=verbose, validation_data=validation, callbacks=callbacks)
