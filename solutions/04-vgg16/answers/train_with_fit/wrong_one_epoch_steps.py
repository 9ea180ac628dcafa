# wrong: the last batch is left out ("epochs: the number of passes over the training data")
# Loses: test_train_with_fit
# Told: In each epoch the network should learn once from each batch of `training`
def train_with_fit(model, training, testing, epochs: int, optimizer, loss_function) -> dict:
    model.compile(optimizer=optimizer, loss=loss_function, metrics=["accuracy"])
    history = model.fit(training.take(len(training) - 1), epochs=epochs, validation_data=testing, verbose=0, shuffle=False).history
    return {
        "loss": history["loss"], "accuracy": history["accuracy"],
        "test_loss": history["val_loss"], "test_accuracy": history["val_accuracy"],
    }
