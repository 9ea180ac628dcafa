# Uses a list of layers that only the student's session has.
# Loses: test_fine_tune
# Told: a name that exists only in your session
def fine_tune(network, trunk, unfrozen, inputs, labels, epochs, learning_rate, seed=1):
    tf.keras.utils.set_random_seed(seed)
    freeze(trunk, keep=last_block)
    cross_entropy = tf.keras.losses.SparseCategoricalCrossentropy(from_logits=True)
    network.compile(tf.keras.optimizers.Adam(falling_rate(learning_rate, len(inputs), epochs)), cross_entropy)
    network.fit(inputs, labels, batch_size=BATCH, epochs=epochs, verbose=0)
    return network
