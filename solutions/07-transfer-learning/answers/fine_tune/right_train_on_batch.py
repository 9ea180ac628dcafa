# Compiles, then calls train_on_batch for shuffled batches.
def fine_tune(network, trunk, unfrozen, inputs, labels, epochs, learning_rate, seed=1):
    freeze(trunk, keep=tuple(unfrozen))
    tf.keras.utils.set_random_seed(seed)
    network.compile(tf.keras.optimizers.Adam(falling_rate(learning_rate, len(inputs), epochs)), tf.keras.losses.SparseCategoricalCrossentropy(from_logits=True))
    for epoch in range(epochs):
        order = np.random.default_rng(seed + epoch).permutation(len(inputs))
        for places in np.split(order, range(BATCH, len(order), BATCH)):
            network.train_on_batch(inputs[places], labels[places])
    return network
