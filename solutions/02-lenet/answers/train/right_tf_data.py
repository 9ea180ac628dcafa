# Feeds a tf.data pipeline instead of arrays.
def train(
    model: tf.keras.Model,
    training: tuple,
    validation: tuple,
    epochs: int,
    log_folder: str,
    batch_size: int = BATCH,
    verbose: int = 0,
) -> tf.keras.callbacks.History:
    pipeline = tf.data.Dataset.from_tensor_slices(training).shuffle(len(training[0])).batch(batch_size)
    held_out = tf.data.Dataset.from_tensor_slices(validation).batch(500)
    return model.fit(
        pipeline, validation_data=held_out, epochs=epochs, verbose=verbose, shuffle=False,
        callbacks=[
            tf.keras.callbacks.TensorBoard(str(log_folder), write_graph=False, update_freq="epoch"),
            tf.keras.callbacks.EarlyStopping(patience=3, restore_best_weights=True),
        ],
    )
