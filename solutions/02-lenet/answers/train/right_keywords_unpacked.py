# right: images and labels unpacked, defaults of EarlyStopping where they fit, a path object as folder
from pathlib import Path


def train(model, training, validation, epochs, log_folder, batch_size=BATCH, verbose=0):
    images, labels = training
    stop = tf.keras.callbacks.EarlyStopping("val_loss", min_delta=0, patience=3, mode="min", restore_best_weights=True)
    board = tf.keras.callbacks.TensorBoard(Path(log_folder), histogram_freq=0, write_graph=False)
    history = model.fit(
        x=images, y=labels, epochs=epochs, batch_size=batch_size, verbose=verbose, validation_data=tuple(validation),
        callbacks=[board, stop],
    )
    return history
