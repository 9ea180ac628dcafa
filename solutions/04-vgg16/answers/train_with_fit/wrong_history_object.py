# Returns the History.
# Loses: test_train_with_fit
# Told: The dict is its `history`
def train_with_fit(model, training, testing, epochs: int, optimizer, loss_function) -> dict:
    model.compile(optimizer=optimizer, loss=loss_function, metrics=["accuracy"])
    found = model.fit(training, validation_data=testing, epochs=epochs, verbose=0)
    return found
