# Makes a new optimiser of the same kind, with the same learning rate.
# Loses: test_train_with_fit
# Told: another optimiser is used; it should be the one that train_with_fit is given
def train_with_fit(model, training, testing, epochs: int, optimizer, loss_function) -> dict:
    model.compile(optimizer=type(optimizer)(float(optimizer.learning_rate)), loss=loss_function, metrics=["accuracy"])
    found = model.fit(training, validation_data=testing, epochs=epochs, verbose=0).history
    return {
        "loss": found["loss"],
        "accuracy": found["accuracy"],
        "test_loss": found["val_loss"],
        "test_accuracy": found["val_accuracy"],
    }
