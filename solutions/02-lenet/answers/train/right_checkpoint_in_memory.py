# Early stopping without restoring, and a second callback that keeps the best weights.
def train(
    model: tf.keras.Model,
    training: tuple,
    validation: tuple,
    epochs: int,
    log_folder: str,
    batch_size: int = BATCH,
    verbose: int = 0,
) -> tf.keras.callbacks.History:
    best = {"loss": float("inf"), "weights": None}

    def keep(epoch, logs):
        if logs["val_loss"] < best["loss"]:
            best.update(loss=logs["val_loss"], weights=model.get_weights())

    watch = [
        tf.keras.callbacks.LambdaCallback(on_epoch_end=keep),
        tf.keras.callbacks.EarlyStopping("val_loss", patience=3, mode="min"),
        tf.keras.callbacks.TensorBoard(log_folder),
    ]
    history = model.fit(*training, batch_size=batch_size, epochs=epochs, validation_data=validation, callbacks=watch, verbose=verbose)
    model.set_weights(best["weights"])
    return history
