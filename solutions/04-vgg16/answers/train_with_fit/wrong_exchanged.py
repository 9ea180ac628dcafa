# Training and test numbers are exchanged.
# Loses: test_train_with_fit
# Told: training and test values are exchanged
def train_with_fit(model, training, testing, epochs: int, optimizer, loss_function) -> dict:
    model.compile(optimizer=optimizer, loss=loss_function, metrics=["accuracy"])
    found = model.fit(training, validation_data=testing, epochs=epochs, verbose=0).history
    return {
        "loss": found["val_loss"],
        "accuracy": found["accuracy"],
        "test_loss": found["loss"],
        "test_accuracy": found["val_accuracy"],
    }
