# right: an early stopping of its own; the weights of the best epoch are put back at the end, also when all epochs were trained
class Stopper(tf.keras.callbacks.Callback):
    def __init__(self, patience):
        super().__init__()
        self.patience, self.best, self.waited, self.kept = patience, np.inf, 0, None

    def on_epoch_end(self, epoch, logs=None):
        if logs["val_loss"] < self.best:
            self.best, self.waited, self.kept = logs["val_loss"], 0, self.model.get_weights()
        else:
            self.waited += 1
            self.model.stop_training = self.waited >= self.patience

    def on_train_end(self, logs=None):
        if self.kept is not None:
            self.model.set_weights(self.kept)


def train(model, training, validation, epochs, log_folder, batch_size=BATCH, verbose=0):
    return model.fit(
        training[0], training[1], batch_size, epochs, verbose, [Stopper(3), tf.keras.callbacks.TensorBoard(log_folder)],
        validation_data=(validation[0], validation[1]),
    )
