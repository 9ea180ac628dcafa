# Adam with its usual learning rate of 0.001 (passes the visible part).
# Loses: test_fine_tune
# Told: With Adam's own rate
def fine_tune(network, trunk, unfrozen, inputs, labels, epochs, learning_rate, seed=1):
    tf.keras.utils.set_random_seed(seed)
    freeze(trunk, keep=unfrozen)
    network.compile(tf.keras.optimizers.Adam(), tf.keras.losses.SparseCategoricalCrossentropy(from_logits=True))
    network.fit(inputs, labels, epochs=epochs, batch_size=BATCH, verbose=0)
    return network
