# wrong: the test data are measured before the epoch ("at the end of the epoch")
# Loses: test_train
# Told: this is measured before the epoch; it should be measured after it
def train(model, training, testing, epochs: int, optimizer, loss_function) -> dict:
    optimizer.build(model.trainable_variables)
    mean_loss, accuracy = tf.keras.metrics.Mean(), tf.keras.metrics.SparseCategoricalAccuracy()
    test_loss, test_accuracy = tf.keras.metrics.Mean(), tf.keras.metrics.SparseCategoricalAccuracy()
    history = {"loss": [], "accuracy": [], "test_loss": [], "test_accuracy": []}
    total = len(training)
    for epoch in range(1, epochs + 1):
        for metric in (mean_loss, accuracy, test_loss, test_accuracy):
            metric.reset_state()
        print(f"epoch {epoch}/{epochs} ", end="", flush=True)
        tenths = 0
        for images, labels in testing:
            test_step(model, images, labels, loss_function, test_loss, test_accuracy)
        for done, (images, labels) in enumerate(training, start=1):
            train_step(model, images, labels, optimizer, loss_function, mean_loss, accuracy)
            if 10 * done // total > tenths:
                tenths = 10 * done // total
                print(".", end="", flush=True)
        for key, metric in zip(history, (mean_loss, accuracy, test_loss, test_accuracy)):
            history[key].append(float(metric.result()))
        print(
            f" loss {history['loss'][-1]:.4f}, accuracy {history['accuracy'][-1]:.4f}, "
            f"test loss {history['test_loss'][-1]:.4f}, test accuracy {history['test_accuracy'][-1]:.4f}"
        )
    return history
