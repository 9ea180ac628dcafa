# Layers that were frozen before are not thawed.
# Loses: test_fine_tune
# Told: its own switch should be on
def fine_tune(
    network: tf.keras.Model, trunk: tf.keras.Model, unfrozen: list, inputs: np.ndarray, labels: np.ndarray,
    epochs: int, learning_rate: float, seed: int = 1,
) -> tf.keras.Model:
    tf.keras.utils.set_random_seed(seed)
    for layer in trunk.layers:
        if layer.name not in unfrozen:
            layer.trainable = False
    network.compile(
        optimizer=tf.keras.optimizers.Adam(falling_rate(learning_rate, len(inputs), epochs)),
        loss=tf.keras.losses.SparseCategoricalCrossentropy(from_logits=True),
    )
    network.fit(inputs, labels, batch_size=BATCH, epochs=epochs, verbose=0)
    return network
