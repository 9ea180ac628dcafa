# wrong: loss and accuracy of the test data are exchanged
# Loses: test_train_with_fit
# Told: loss and accuracy are exchanged
def train_with_fit(model, training, testing, epochs: int, optimizer, loss_function) -> dict:
    model.compile(optimizer=optimizer, loss=loss_function, metrics=["accuracy"])
    history = model.fit(training, epochs=epochs, validation_data=testing, verbose=0, shuffle=False).history
    return {
        "loss": history["loss"], "accuracy": history["accuracy"],
        "test_loss": history["val_accuracy"], "test_accuracy": history["val_loss"],
    }
