# Calls fit twice and returns the second history.
# Loses: test_train_with_fit
# Told: In each epoch the network should learn once from each batch of `training`
def train_with_fit(model, training, testing, epochs: int, optimizer, loss_function) -> dict:
    model.compile(optimizer=optimizer, loss=loss_function, metrics=["accuracy"])
    model.fit(training, epochs=epochs, verbose=0)
    found = model.fit(training, validation_data=testing, epochs=epochs, verbose=0).history
    return {
        "loss": found["loss"],
        "accuracy": found["accuracy"],
        "test_loss": found["val_loss"],
        "test_accuracy": found["val_accuracy"],
    }
