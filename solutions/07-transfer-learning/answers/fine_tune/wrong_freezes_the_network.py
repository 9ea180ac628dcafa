# Calls freeze with the network: the head is frozen as well.
# Loses: test_fine_tune
# Told: only layers of the trunk are frozen
def fine_tune(network, trunk, unfrozen, inputs, labels, epochs, learning_rate, seed=1):
    tf.keras.utils.set_random_seed(seed)
    freeze(network, keep=unfrozen)
    network.compile(tf.keras.optimizers.Adam(falling_rate(learning_rate, len(inputs), epochs)), tf.keras.losses.SparseCategoricalCrossentropy(from_logits=True))
    network.fit(inputs, labels, epochs=epochs, batch_size=BATCH, verbose=0)
    return network
