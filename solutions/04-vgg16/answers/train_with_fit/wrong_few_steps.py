# wrong: only the first batch of the test data is measured ("the test data as validation_data")
# Loses: test_train_with_fit
# Told: In each epoch the network should learn once from each batch of `training`
def train_with_fit(model, training, testing, epochs: int, optimizer, loss_function) -> dict:
    model.compile(optimizer=optimizer, loss=loss_function, metrics=["accuracy"])
    history = model.fit(training, epochs=epochs, validation_data=testing.take(1), verbose=0, shuffle=False).history
    return {
        "loss": history["loss"], "accuracy": history["accuracy"],
        "test_loss": history["val_loss"], "test_accuracy": history["val_accuracy"],
    }
