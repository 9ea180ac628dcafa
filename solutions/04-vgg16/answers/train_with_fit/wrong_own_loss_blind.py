# wrong: a loss of its own (the same arguments: loss_function)
# Loses: test_train_with_fit
# Told: `loss_function` is not used
def train_with_fit(model, training, testing, epochs: int, optimizer, loss_function) -> dict:
    model.compile(optimizer=optimizer, loss=tf.keras.losses.SparseCategoricalCrossentropy(from_logits=True), metrics=["accuracy"])
    history = model.fit(training, epochs=epochs, validation_data=testing, verbose=0, shuffle=False).history
    return {
        "loss": history["loss"], "accuracy": history["accuracy"],
        "test_loss": history["val_loss"], "test_accuracy": history["val_accuracy"],
    }
