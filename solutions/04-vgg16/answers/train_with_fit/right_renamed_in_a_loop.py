# Renames the keys in a loop.
def train_with_fit(model, training, testing, epochs: int, optimizer, loss_function) -> dict:
    model.compile(optimizer=optimizer, loss=loss_function, metrics=["accuracy"])
    found = model.fit(training, validation_data=testing, epochs=epochs, verbose=0).history
    return {key.replace("val_", "test_"): values for key, values in found.items()}
