# A training loop of its own with a tape, in training mode.
def fine_tune(
    network: tf.keras.Model, trunk: tf.keras.Model, unfrozen: list, inputs: np.ndarray, labels: np.ndarray,
    epochs: int, learning_rate: float, seed: int = 1,
) -> tf.keras.Model:
    tf.keras.utils.set_random_seed(seed)
    network.trainable = trunk.trainable = True
    for layer in trunk.layers:
        layer.trainable = layer.name in set(unfrozen)
    weights_to_train = network.trainable_variables
    optimizer = tf.keras.optimizers.Adam(falling_rate(learning_rate, len(inputs), epochs))
    optimizer.build(weights_to_train)
    loss_of = tf.keras.losses.SparseCategoricalCrossentropy(from_logits=True)
    for _ in range(epochs):
        order = np.random.permutation(len(inputs))
        for places in np.split(order, range(BATCH, len(order), BATCH)):
            with tf.GradientTape() as tape:
                loss = loss_of(labels[places], network(inputs[places], training=True))
            optimizer.apply_gradients(zip(tape.gradient(loss, weights_to_train), weights_to_train))
    return network
