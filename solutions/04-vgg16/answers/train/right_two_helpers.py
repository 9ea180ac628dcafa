# right: helpers for one epoch of learning and of measuring; one pair of metrics for both, reset between
def learn(model, training, optimizer, loss_function, metrics):
    [metric.reset_state() for metric in metrics]
    total = len(training)
    for i, (x, y) in enumerate(training):
        train_step(model, x, y, optimizer, loss_function, *metrics)
        if 10 * (i + 1) // total != 10 * i // total:
            print(".", end="", flush=True)
    return [float(metric.result()) for metric in metrics]


def measure(model, testing, loss_function, metrics):
    [metric.reset_state() for metric in metrics]
    for x, y in testing:
        test_step(model, x, y, loss_function, *metrics)
    return [float(metric.result()) for metric in metrics]


def train(model, training, testing, epochs: int, optimizer, loss_function) -> dict:
    """An epoch: learn, then measure."""
    optimizer.build(model.trainable_variables)
    metrics = [tf.keras.metrics.Mean(name="mean"), tf.keras.metrics.SparseCategoricalAccuracy(name="share")]
    history = {}
    for epoch in range(epochs):
        print(f"epoch {epoch + 1}/{epochs} ", end="", flush=True)
        numbers = learn(model, training, optimizer, loss_function, metrics) + measure(model, testing, loss_function, metrics)
        for key, number in zip(["loss", "accuracy", "test_loss", "test_accuracy"], numbers):
            history.setdefault(key, []).append(number)
        print(" loss %.4f, accuracy %.4f, test loss %.4f, test accuracy %.4f" % tuple(numbers))
    return history
