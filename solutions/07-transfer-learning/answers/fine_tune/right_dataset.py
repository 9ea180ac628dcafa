# Tf.data with shuffling over all images.
def fine_tune(
    network: tf.keras.Model, trunk: tf.keras.Model, unfrozen: list, inputs: np.ndarray, labels: np.ndarray,
    epochs: int, learning_rate: float, seed: int = 1,
) -> tf.keras.Model:
    tf.keras.utils.set_random_seed(seed)
    count = len(inputs)
    data = tf.data.Dataset.from_tensor_slices((inputs, labels)).shuffle(count, seed=seed, reshuffle_each_iteration=True).batch(BATCH)
    network.trainable = True
    trunk.trainable = True
    [setattr(layer, "trainable", layer.name in unfrozen) for layer in trunk.layers]
    network.compile(tf.keras.optimizers.Adam(falling_rate(learning_rate, count, epochs)), tf.keras.losses.SparseCategoricalCrossentropy(from_logits=True))
    history = network.fit(data, epochs=epochs, verbose=0)
    print("last loss", history.history["loss"][-1])
    return network
