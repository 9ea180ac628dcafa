# wrong: watches the validation loss minus the validation accuracy; breaks "when the validation loss has had no new lowest value"
# Loses: test_train
# Told: Training should stop after three epochs in a row without a new lowest value
class Watch(tf.keras.callbacks.EarlyStopping):
    def on_epoch_end(self, epoch, logs=None):
        logs = dict(logs, val_score=logs["val_loss"] - logs.get("val_accuracy", 0))
        super().on_epoch_end(epoch, logs)


def train(model, training, validation, epochs, log_folder, batch_size=BATCH, verbose=0):
    callbacks = [Watch(monitor="val_score", mode="min", patience=3, restore_best_weights=True), tf.keras.callbacks.TensorBoard(log_folder)]
    return model.fit(*training, batch_size=batch_size, epochs=epochs, verbose=verbose, validation_data=validation, callbacks=callbacks)
