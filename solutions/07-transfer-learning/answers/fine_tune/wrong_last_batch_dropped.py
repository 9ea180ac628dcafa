# Drops the last, smaller batch.
# Loses: test_fine_tune
# Told: the last, smaller batch is left out
def fine_tune(network, trunk, unfrozen, inputs, labels, epochs, learning_rate, seed=1):
    tf.keras.utils.set_random_seed(seed)
    freeze(trunk, keep=unfrozen)
    network.compile(tf.keras.optimizers.Adam(falling_rate(learning_rate, len(inputs), epochs)), tf.keras.losses.SparseCategoricalCrossentropy(from_logits=True))
    batches = tf.data.Dataset.from_tensor_slices((inputs, labels)).shuffle(1000).batch(BATCH, drop_remainder=True)
    network.fit(batches, epochs=epochs, shuffle=False, verbose=0)
    return network
