# Shuffles the labels, but not the inputs (passes the visible part, where only movement counts).
# Loses: test_fine_tune
# Told: each label should stay with its input
def fine_tune(network, trunk, unfrozen, inputs, labels, epochs, learning_rate, seed=1):
    tf.keras.utils.set_random_seed(seed)
    freeze(trunk, keep=unfrozen)
    labels = np.random.default_rng(seed).permutation(labels)
    cross_entropy = tf.keras.losses.SparseCategoricalCrossentropy(from_logits=True)
    network.compile(tf.keras.optimizers.Adam(falling_rate(learning_rate, len(inputs), epochs)), cross_entropy)
    network.fit(inputs, labels, batch_size=BATCH, epochs=epochs, verbose=0)
    return network
