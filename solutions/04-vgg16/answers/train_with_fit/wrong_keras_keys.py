# Leaves Keras's names.
# Loses: test_train_with_fit
# Told: other names
def train_with_fit(model, training, testing, epochs: int, optimizer, loss_function) -> dict:
    model.compile(optimizer=optimizer, loss=loss_function, metrics=["accuracy"])
    found = model.fit(training, validation_data=testing, epochs=epochs, verbose=0).history
    return {
        "loss": found["loss"],
        "accuracy": found["accuracy"],
        "val_loss": found["val_loss"],
        "val_accuracy": found["val_accuracy"],
    }
