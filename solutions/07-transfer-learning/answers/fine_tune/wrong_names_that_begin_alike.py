# Layers whose name begins with one of the names move, too (conv1, conv10).
# Loses: test_fine_tune
# Told: changed weights of block3_conv_before
def fine_tune(
    network: tf.keras.Model, trunk: tf.keras.Model, unfrozen: list, inputs: np.ndarray, labels: np.ndarray,
    epochs: int, learning_rate: float, seed: int = 1,
) -> tf.keras.Model:
    tf.keras.utils.set_random_seed(seed)
    network.trainable = True
    trunk.trainable = True
    for layer in trunk.layers:
        layer.trainable = layer.name.startswith(tuple(unfrozen))
    network.compile(
        optimizer=tf.keras.optimizers.Adam(falling_rate(learning_rate, len(inputs), epochs)),
        loss=tf.keras.losses.SparseCategoricalCrossentropy(from_logits=True),
    )
    network.fit(inputs, labels, batch_size=BATCH, epochs=epochs, verbose=0)
    return network
