# One function for an epoch of learning and one for measuring.
def _measure(model, data, loss_function):
    loss, share = tf.keras.metrics.Mean(), tf.keras.metrics.SparseCategoricalAccuracy()
    for images, labels in data:
        test_step(model, images, labels, loss_function, loss, share)
    return float(loss.result()), float(share.result())


def train(model, training, testing, epochs: int, optimizer, loss_function) -> dict:
    if not optimizer.built:
        optimizer.build(model.trainable_variables)
    mean, share = tf.keras.metrics.Mean(), tf.keras.metrics.SparseCategoricalAccuracy()
    lines = []
    every = max(1, len(training) // 20)
    for epoch in range(epochs):
        mean.reset_state()
        share.reset_state()
        for number, (images, labels) in enumerate(training):
            train_step(model, images, labels, optimizer, loss_function, mean, share)
            if number % every == 0:
                print("#", end="", flush=True)
        lines.append((float(mean.result()), float(share.result()), *_measure(model, testing, loss_function)))
        a, b, c, d = lines[-1]
        print(f"\nepoch {epoch + 1}: loss={a:.5f} accuracy={b:.5f} test loss={c:.5f} test accuracy={d:.5f}")
    return dict(zip(("loss", "accuracy", "test_loss", "test_accuracy"), map(list, zip(*lines))))
