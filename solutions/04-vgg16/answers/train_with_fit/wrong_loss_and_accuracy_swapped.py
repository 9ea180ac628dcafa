# Puts the accuracy where the loss belongs.
# Loses: test_train_with_fit
# Told: should fall while the network learns
def train_with_fit(model, training, testing, epochs: int, optimizer, loss_function) -> dict:
    model.compile(optimizer=optimizer, loss=loss_function, metrics=["accuracy"])
    found = model.fit(training, validation_data=testing, epochs=epochs, verbose=0).history
    return {
        "loss": found["accuracy"],
        "accuracy": found["loss"],
        "test_loss": found["val_loss"],
        "test_accuracy": found["val_accuracy"],
    }
