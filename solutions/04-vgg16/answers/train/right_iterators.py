# right: iterators and while; progress written by sys.stdout
import sys


def train(model, training, testing, epochs: int, optimizer, loss_function) -> dict:
    optimizer.build(model.trainable_variables)
    expected = {key: [] for key in ("loss", "accuracy", "test_loss", "test_accuracy")}
    number_of_batches = len(training)
    epoch = 0
    while epoch < epochs:
        epoch += 1
        loss, share = tf.keras.metrics.Mean(), tf.keras.metrics.SparseCategoricalAccuracy()
        batches, done = iter(training), 0
        sys.stdout.write(f"epoch {epoch}/{epochs} ")
        while (batch := next(batches, None)) is not None:
            train_step(model, batch[0], batch[1], optimizer, loss_function, loss, share)
            done += 1
            if 10 * done // number_of_batches > 10 * (done - 1) // number_of_batches:
                sys.stdout.write(".")
                sys.stdout.flush()
        expected["loss"].append(float(loss.result()))
        expected["accuracy"].append(float(share.result()))
        loss.reset_state(), share.reset_state()
        for batch in testing:
            test_step(model, batch[0], batch[1], loss_function, loss, share)
        expected["test_loss"].append(float(loss.result()))
        expected["test_accuracy"].append(float(share.result()))
        a, b, c, d = (values[-1] for values in expected.values())
        sys.stdout.write(f" loss {a:.4f}, accuracy {b:.4f}, test loss {c:.4f}, test accuracy {d:.4f}\n")
    return expected
