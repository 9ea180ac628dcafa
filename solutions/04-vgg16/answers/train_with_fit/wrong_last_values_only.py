# Returns the numbers of the last epoch only.
# Loses: test_train_with_fit
# Told: should be a list with a number for each epoch
def train_with_fit(model, training, testing, epochs: int, optimizer, loss_function) -> dict:
    model.compile(optimizer=optimizer, loss=loss_function, metrics=["accuracy"])
    found = model.fit(training, validation_data=testing, epochs=epochs, verbose=0).history
    return {
        "loss": found["loss"][-1],
        "accuracy": found["accuracy"][-1],
        "test_loss": found["val_loss"][-1],
        "test_accuracy": found["val_accuracy"][-1],
    }
