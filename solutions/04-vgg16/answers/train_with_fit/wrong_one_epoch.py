# Does not hand on the epochs.
# Loses: test_train_with_fit
# Told: one number for each epoch
def train_with_fit(model, training, testing, epochs: int, optimizer, loss_function) -> dict:
    model.compile(optimizer=optimizer, loss=loss_function, metrics=["accuracy"])
    found = model.fit(training, validation_data=testing, verbose=0).history
    return {
        "loss": found["loss"],
        "accuracy": found["accuracy"],
        "test_loss": found["val_loss"],
        "test_accuracy": found["val_accuracy"],
    }
