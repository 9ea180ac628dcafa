# Prints each dot on a line of its own.
# Loses: test_train
# Told: Progress should be printed with `end
def train(model, training, testing, epochs: int, optimizer, loss_function) -> dict:
    optimizer.build(model.trainable_variables)
    mean_loss, accuracy = tf.keras.metrics.Mean(), tf.keras.metrics.SparseCategoricalAccuracy()
    test_loss, test_accuracy = tf.keras.metrics.Mean(), tf.keras.metrics.SparseCategoricalAccuracy()
    history = {"loss": [], "accuracy": [], "test_loss": [], "test_accuracy": []}
    steps = len(training)
    for epoch in range(epochs):
        for metric in (mean_loss, accuracy, test_loss, test_accuracy):
            metric.reset_state()
        for done, (images, labels) in enumerate(training, start=1):
            train_step(model, images, labels, optimizer, loss_function, mean_loss, accuracy)
            if 10 * done // steps > 10 * (done - 1) // steps:
                print(".")
        for images, labels in testing:
            test_step(model, images, labels, loss_function, test_loss, test_accuracy)
        results = [float(m.result()) for m in (mean_loss, accuracy, test_loss, test_accuracy)]
        for key, result in zip(history, results):
            history[key].append(result)
        print(f"epoch {epoch + 1}/{epochs} " + "loss {:.4f}, accuracy {:.4f}, test loss {:.4f}, test accuracy {:.4f}".format(*results))
    return history
