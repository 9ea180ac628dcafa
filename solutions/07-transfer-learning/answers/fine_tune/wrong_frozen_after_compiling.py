# Trains first and freezes then.
# Loses: test_fine_tune
# Told: before `compile`
def fine_tune(network, trunk, unfrozen, inputs, labels, epochs, learning_rate, seed=1):
    tf.keras.utils.set_random_seed(seed)
    trunk.trainable = True
    network.compile(tf.keras.optimizers.Adam(falling_rate(learning_rate, len(inputs), epochs)), tf.keras.losses.SparseCategoricalCrossentropy(from_logits=True))
    network.fit(inputs, labels, epochs=epochs, batch_size=BATCH, verbose=0)
    freeze(trunk, keep=unfrozen)
    return network
