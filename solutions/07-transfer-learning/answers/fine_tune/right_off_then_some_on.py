# Everything off, then some layers on: the network holds the layers, so the trunk's own switch does not matter.
def fine_tune(network, trunk, unfrozen, inputs, labels, epochs, learning_rate, seed=1):
    tf.keras.utils.set_random_seed(seed)
    trunk.trainable = False
    for part in trunk.layers:
        part.trainable = False
    for name in unfrozen:
        trunk.get_layer(name).trainable = True
    cross_entropy = tf.keras.losses.SparseCategoricalCrossentropy(from_logits=True)
    network.compile(tf.keras.optimizers.Adam(falling_rate(learning_rate, len(inputs), epochs)), cross_entropy)
    network.fit(inputs, labels, batch_size=BATCH, epochs=epochs, verbose=0)
    return network
