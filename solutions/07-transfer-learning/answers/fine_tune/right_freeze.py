# With the notebook's own `freeze`.
def fine_tune(
    network: tf.keras.Model, trunk: tf.keras.Model, unfrozen: list, inputs: np.ndarray, labels: np.ndarray,
    epochs: int, learning_rate: float, seed: int = 1,
) -> tf.keras.Model:
    tf.keras.utils.set_random_seed(seed)
    network.trainable = True
    freeze(trunk, tuple(unfrozen))
    rate = falling_rate(peak=learning_rate, images=len(labels), epochs=epochs)
    network.compile(tf.keras.optimizers.Adam(learning_rate=rate), tf.keras.losses.SparseCategoricalCrossentropy(from_logits=True), metrics=["accuracy"])
    network.fit(inputs, np.asarray(labels, "int32"), BATCH, epochs, verbose=0)
    return network
