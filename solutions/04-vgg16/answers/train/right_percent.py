# Writes its line over itself while it works, and accuracies in percent.
def train(model, training, testing, epochs: int, optimizer, loss_function) -> dict:
    optimizer.build(model.trainable_variables)
    losses = {"": tf.keras.metrics.Mean(), "test_": tf.keras.metrics.Mean()}
    shares = {kind: tf.keras.metrics.SparseCategoricalAccuracy() for kind in losses}
    history = {f"{kind}{name}": [] for kind in losses for name in ("loss", "accuracy")}
    for epoch in range(1, epochs + 1):
        for metric in [*losses.values(), *shares.values()]:
            metric.reset_state()
        batches = training.cardinality().numpy()
        for number, batch in training.enumerate():
            train_step(model, batch[0], batch[1], optimizer, loss_function, losses[""], shares[""])
            if int(number) % max(1, batches // 10) == 0:
                print(f"\repoch {epoch}/{epochs}: batch {int(number) + 1} of {batches}", end="")
        for batch in testing:
            test_step(model, *batch, loss_function, losses["test_"], shares["test_"])
        for kind in losses:
            history[kind + "loss"].append(losses[kind].result().numpy().item())
            history[kind + "accuracy"].append(shares[kind].result().numpy().item())
        last = {key: values[-1] for key, values in history.items()}
        print(f"\repoch {epoch}/{epochs}: loss {last['loss']:.4f}, accuracy {100 * last['accuracy']:.2f} %, "
              f"test loss {last['test_loss']:.4f}, test accuracy {100 * last['test_accuracy']:.2f} %")
    return history
