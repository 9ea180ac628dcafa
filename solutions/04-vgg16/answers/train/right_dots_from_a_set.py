# Knows beforehand after which batches a dot is due; metrics in a list; NumPy numbers in the history.
def train(model, training, testing, epochs: int, optimizer, loss_function) -> dict:
    optimizer.build(model.trainable_variables)
    metrics = [kind() for _ in range(2) for kind in (tf.keras.metrics.Mean, tf.keras.metrics.SparseCategoricalAccuracy)]
    table = np.zeros((epochs, 4))
    total = int(training.cardinality())
    dots = {-(-tenth * total // 10) for tenth in range(1, 11)}
    for row in range(epochs):
        print("epoch", row + 1, end=" ")
        done = 0
        for images, labels in training:
            train_step(model, images, labels, optimizer, loss_function, *metrics[:2])
            done += 1
            print("." if done in dots else "", end="", flush=True)
        for images, labels in testing:
            test_step(model, images, labels, loss_function, *metrics[2:])
        for column, metric in enumerate(metrics):
            table[row, column] = metric.result()
            metric.reset_state()
        print(" loss %.4f, accuracy %.4f, test loss %.4f, test accuracy %.4f" % tuple(table[row]))
    return {name: list(table[:, place]) for place, name in enumerate(["loss", "accuracy", "test_loss", "test_accuracy"])}
