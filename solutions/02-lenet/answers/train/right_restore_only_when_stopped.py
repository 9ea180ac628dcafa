# right (defensible): puts the best weights back only where training stopped early, as "Training stops earlier when ...; then the weights of the best epoch are restored" may be read
class EarlyStop(tf.keras.callbacks.Callback):
    best = float("inf")
    since = 0

    def on_epoch_end(self, epoch, logs=None):
        if logs["val_loss"] < self.best:
            self.best, self.since, self.weights = logs["val_loss"], 0, self.model.get_weights()
            return
        self.since += 1
        if self.since == 3:
            self.model.stop_training = True
            self.model.set_weights(self.weights)


def train(model, training, validation, epochs, log_folder, batch_size=BATCH, verbose=0):
    callbacks = [EarlyStop(), tf.keras.callbacks.TensorBoard(log_folder)]
    return model.fit(*training, batch_size=batch_size, epochs=epochs, verbose=verbose, validation_data=validation, callbacks=callbacks)
