# right: a dict of metrics under the names of the result; defaultdict turned into a dict
from collections import defaultdict


def train(model, training, testing, epochs: int, optimizer, loss_function) -> dict:
    if not optimizer.built:
        optimizer.build(model.trainable_variables)
    watch = {
        "loss": tf.keras.metrics.Mean(),
        "accuracy": tf.keras.metrics.SparseCategoricalAccuracy(),
        "test_loss": tf.keras.metrics.Mean(),
        "test_accuracy": tf.keras.metrics.SparseCategoricalAccuracy(),
    }
    found = defaultdict(list)
    for epoch in range(1, epochs + 1):
        for metric in watch.values():
            metric.reset_state()
        print("epoch", f"{epoch}/{epochs}", end=" ", flush=True)
        n, before = len(training), 0
        for done, (images, labels) in enumerate(training, 1):
            train_step(model, images, labels, optimizer, loss_function, watch["loss"], watch["accuracy"])
            now = (10 * done) // n
            print("." * (now - before), end="", flush=True)
            before = now
        for images, labels in testing:
            test_step(model, images, labels, loss_function, watch["test_loss"], watch["test_accuracy"])
        for name, metric in watch.items():
            found[name] += [metric.result().numpy().item()]
        print(" " + ", ".join(f"{name.replace('_', ' ')} {values[-1]:.4f}" for name, values in found.items()))
    return dict(found)
