# right: metrics are made anew for each epoch; as many dots as tenths are completed
def train(model, training, testing, epochs: int, optimizer, loss_function) -> dict:
    def fresh():
        return tf.keras.metrics.Mean(), tf.keras.metrics.SparseCategoricalAccuracy()

    optimizer.build(model.trainable_variables)
    keys = ("loss", "accuracy", "test_loss", "test_accuracy")
    rows = []
    for epoch in range(epochs):
        print("epoch {}/{} ".format(epoch + 1, epochs), end="")
        learning, measuring = fresh(), fresh()
        count, shown = len(training), 0
        for number, batch in enumerate(training):
            train_step(model, *batch, optimizer, loss_function, *learning)
            while shown < 10 * (number + 1) // count:
                print(".", end="", flush=True)
                shown += 1
        for batch in testing:
            test_step(model, *batch, loss_function, *measuring)
        rows.append([float(metric.result()) for metric in learning + measuring])
        print(" " + ", ".join(f"{key.replace('_', ' ')} {value:.4f}" for key, value in zip(keys, rows[-1])))
    return {key: [row[i] for row in rows] for i, key in enumerate(keys)}
