# The learning rate has fallen to 0 after the first epoch (passes the visible part).
# Loses: test_fine_tune
# Told: all images and all epochs
def fine_tune(network, trunk, unfrozen, inputs, labels, epochs, learning_rate, seed=1):
    tf.keras.utils.set_random_seed(seed)
    freeze(trunk, keep=unfrozen)
    cross_entropy = tf.keras.losses.SparseCategoricalCrossentropy(from_logits=True)
    network.compile(tf.keras.optimizers.Adam(falling_rate(learning_rate, len(inputs), 1)), cross_entropy)
    network.fit(inputs, labels, batch_size=BATCH, epochs=epochs, verbose=0)
    return network
