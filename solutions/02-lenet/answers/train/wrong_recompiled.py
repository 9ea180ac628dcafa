# wrong: compiles again with the same loss but Adam's defaults where the loss is the cross-entropy; breaks "already compiled: do not compile it again"
# Loses: test_train
# Told: The model is already compiled: it should not be compiled again
def train(model, training, validation, epochs, log_folder, batch_size=BATCH, verbose=0):
    model.compile(optimizer=type(model.optimizer)(), loss=model.loss, metrics=["accuracy"])
    callbacks = [
        tf.keras.callbacks.EarlyStopping(monitor="val_loss", patience=3, restore_best_weights=True),
        tf.keras.callbacks.TensorBoard(log_folder),
    ]
    return model.fit(*training, batch_size=batch_size, epochs=epochs, verbose=verbose, validation_data=validation, callbacks=callbacks)
