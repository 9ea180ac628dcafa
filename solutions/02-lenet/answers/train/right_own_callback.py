# A stopping callback written by hand.
def train(
    model: tf.keras.Model,
    training: tuple,
    validation: tuple,
    epochs: int,
    log_folder: str,
    batch_size: int = BATCH,
    verbose: int = 0,
) -> tf.keras.callbacks.History:
    class Patience(tf.keras.callbacks.Callback):
        def on_train_begin(self, logs=None):
            self.best, self.waited, self.kept = float("inf"), 0, None

        def on_epoch_end(self, epoch, logs=None):
            if logs["val_loss"] < self.best:
                self.best, self.waited, self.kept = logs["val_loss"], 0, self.model.get_weights()
            else:
                self.waited += 1
                if self.waited == 3:
                    self.model.stop_training = True

        def on_train_end(self, logs=None):
            self.model.set_weights(self.kept)

    return model.fit(
        training[0], training[1], batch_size, epochs, verbose=verbose,
        validation_data=(validation[0], validation[1]),
        callbacks=[Patience(), tf.keras.callbacks.TensorBoard(log_folder, histogram_freq=1)],
    )
