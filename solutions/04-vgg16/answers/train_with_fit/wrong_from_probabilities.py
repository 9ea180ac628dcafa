# Puts softmax on what are already logits for the loss.
def train_with_fit(model, training, testing, epochs: int, optimizer, loss_function) -> dict:
    model.compile(optimizer=optimizer, loss=lambda labels, logits: loss_function(labels, tf.nn.softmax(logits)), metrics=["accuracy"])
    found = model.fit(training, validation_data=testing, epochs=epochs, verbose=0).history
    return {
        "loss": found["loss"],
        "accuracy": found["accuracy"],
        "test_loss": found["val_loss"],
        "test_accuracy": found["val_accuracy"],
    }
