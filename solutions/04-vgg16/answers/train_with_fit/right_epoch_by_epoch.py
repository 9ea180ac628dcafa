# Calls fit and evaluate once for each epoch.
def train_with_fit(model, training, testing, epochs: int, optimizer, loss_function) -> dict:
    model.compile(optimizer, loss_function, metrics=["accuracy"])
    result = {"loss": [], "accuracy": [], "test_loss": [], "test_accuracy": []}
    for _ in range(epochs):
        history = model.fit(training, verbose=0).history
        loss, accuracy = model.evaluate(testing, verbose=0)
        for key, value in zip(result, (history["loss"][0], history["accuracy"][0], loss, accuracy)):
            result[key].append(value)
    return result
