# The loss takes the logits for probabilities (passes the visible part, where only movement counts).
# Loses: test_fine_tune
# Told: loss should take logits
def fine_tune(network, trunk, unfrozen, inputs, labels, epochs, learning_rate, seed=1):
    tf.keras.utils.set_random_seed(seed)
    freeze(trunk, keep=unfrozen)
    network.compile(tf.keras.optimizers.Adam(falling_rate(learning_rate, len(inputs), epochs)), "sparse_categorical_crossentropy")
    network.fit(inputs, labels, epochs=epochs, batch_size=BATCH, verbose=0)
    return network
