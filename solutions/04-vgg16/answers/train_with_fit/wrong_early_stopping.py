# wrong: stops when the loss rises, the lists filled up ("epochs")
# Loses: test_train_with_fit
# Told: All epochs should be trained, whatever the test set says
def train_with_fit(model, training, testing, epochs: int, optimizer, loss_function) -> dict:
    model.compile(optimizer=optimizer, loss=loss_function, metrics=["accuracy"])
    history = model.fit(training, epochs=epochs, validation_data=testing, verbose=0, shuffle=False, callbacks=[tf.keras.callbacks.EarlyStopping(patience=3, restore_best_weights=True)]).history
    for values in history.values():
        values += values[-1:] * (epochs - len(values))
    return {
        "loss": history["loss"], "accuracy": history["accuracy"],
        "test_loss": history["val_loss"], "test_accuracy": history["val_accuracy"],
    }
