# wrong: patience counts in all, not in a row: the count of epochs without a new best is never set back; breaks "3 epochs in a row have brought no new lowest value"
# Loses: test_train
# Told: the epochs without a new lowest value are counted from the start
class Counter(tf.keras.callbacks.Callback):
    best, bad, kept = float("inf"), 0, None

    def on_epoch_end(self, epoch, logs=None):
        if logs["val_loss"] < self.best:
            self.best, self.kept = logs["val_loss"], self.model.get_weights()
        else:
            self.bad += 1
        if self.bad >= 3:
            self.model.stop_training = True

    def on_train_end(self, logs=None):
        self.model.set_weights(self.kept)


def train(model, training, validation, epochs, log_folder, batch_size=BATCH, verbose=0):
    callbacks = [Counter(), tf.keras.callbacks.TensorBoard(log_folder)]
    return model.fit(*training, batch_size=batch_size, epochs=epochs, verbose=verbose, validation_data=validation, callbacks=callbacks)
