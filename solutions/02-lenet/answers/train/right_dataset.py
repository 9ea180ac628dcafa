# right: tf.data, shuffled anew in each epoch and batched by hand
def train(model, training, validation, epochs, log_folder, batch_size=BATCH, verbose=0):
    count = len(training[0])
    data = tf.data.Dataset.from_tensor_slices(tuple(training)).shuffle(count, reshuffle_each_iteration=True).batch(batch_size)
    held_back = tf.data.Dataset.from_tensor_slices(tuple(validation)).batch(batch_size)
    return model.fit(
        data, epochs=epochs, validation_data=held_back, verbose=verbose,
        callbacks=[
            tf.keras.callbacks.TensorBoard(log_folder),
            tf.keras.callbacks.EarlyStopping(patience=3, restore_best_weights=True),
        ],
    )
