# right: the best weights in a file outside the log folder (ModelCheckpoint), read back at the end
import os


def train(model, training, validation, epochs, log_folder, batch_size=BATCH, verbose=0):
    with tempfile.TemporaryDirectory() as folder:
        best = os.path.join(folder, "best.weights.h5")
        layers = [
            tf.keras.callbacks.TensorBoard(log_folder),
            tf.keras.callbacks.EarlyStopping(monitor="val_loss", patience=3),
            tf.keras.callbacks.ModelCheckpoint(best, monitor="val_loss", mode="min", save_best_only=True, save_weights_only=True),
        ]
        result = model.fit(
            *training, validation_data=validation, epochs=epochs, batch_size=batch_size, verbose=verbose, callbacks=layers
        )
        if os.path.exists(best):
            model.load_weights(best)
    return result
