# Measures after the last epoch only, and repeats that number.
# Loses: test_train_with_fit
# Told: In each epoch the network should learn once from each batch of `training`
def train_with_fit(model, training, testing, epochs: int, optimizer, loss_function) -> dict:
    model.compile(optimizer=optimizer, loss=loss_function, metrics=["accuracy"])
    found = model.fit(training, epochs=epochs, verbose=0).history
    last = model.evaluate(testing, verbose=0)
    return {
        "loss": found["loss"],
        "accuracy": found["accuracy"],
        "test_loss": [last[0]] * epochs,
        "test_accuracy": [last[1]] * epochs,
    }
