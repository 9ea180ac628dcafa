# The seed is not used (passes the visible part).
# Loses: test_fine_tune
# Told: `seed` should be set
def fine_tune(network, trunk, unfrozen, inputs, labels, epochs, learning_rate, seed=1):
    freeze(trunk, keep=unfrozen)
    cross_entropy = tf.keras.losses.SparseCategoricalCrossentropy(from_logits=True)
    network.compile(tf.keras.optimizers.Adam(falling_rate(learning_rate, len(inputs), epochs)), cross_entropy)
    network.fit(inputs, labels, batch_size=BATCH, epochs=epochs, verbose=0)
    return network
