# right: jit off, floats made explicitly
def train_with_fit(model, training, testing, epochs: int, optimizer, loss_function) -> dict:
    expected = {"loss": "loss", "accuracy": "accuracy", "test_loss": "val_loss", "test_accuracy": "val_accuracy"}
    model.compile(optimizer=optimizer, loss=loss_function, metrics=["accuracy"], jit_compile=False)
    run = model.fit(x=training, epochs=epochs, verbose=0, validation_data=testing, shuffle=False)
    return {ours: [float(v) for v in run.history[theirs]] for ours, theirs in expected.items()}
