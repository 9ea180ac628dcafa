# wrong: learns from the test data as well ("The model learns from the first one only")
# Loses: test_train_with_fit
# Told: In each epoch the network should learn once from each batch of `training`
def train_with_fit(model, training, testing, epochs: int, optimizer, loss_function) -> dict:
    model.compile(optimizer=optimizer, loss=loss_function, metrics=["accuracy"])
    history = model.fit(training.concatenate(testing), epochs=epochs, validation_data=testing, verbose=0, shuffle=False).history
    return {
        "loss": history["loss"], "accuracy": history["accuracy"],
        "test_loss": history["val_loss"], "test_accuracy": history["val_accuracy"],
    }
