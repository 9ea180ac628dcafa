# Prints a bar for every epoch.
# Loses: test_train_with_fit
# Told: should print nothing
def train_with_fit(model, training, testing, epochs: int, optimizer, loss_function) -> dict:
    model.compile(optimizer=optimizer, loss=loss_function, metrics=["accuracy"])
    found = model.fit(training, validation_data=testing, epochs=epochs, verbose=1).history
    return {
        "loss": found["loss"],
        "accuracy": found["accuracy"],
        "test_loss": found["val_loss"],
        "test_accuracy": found["val_accuracy"],
    }
