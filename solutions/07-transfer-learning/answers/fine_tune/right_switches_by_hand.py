# Sets the switches without the function freeze.
def fine_tune(network, trunk, unfrozen, inputs, labels, epochs, learning_rate, seed=1):
    trunk.trainable = True
    for layer in trunk.layers:
        layer.trainable = layer.name in unfrozen
    tf.keras.utils.set_random_seed(seed)
    schedule = falling_rate(learning_rate, len(labels), epochs)
    network.compile(optimizer=tf.keras.optimizers.Adam(schedule), loss=tf.keras.losses.SparseCategoricalCrossentropy(from_logits=True))
    network.fit(inputs, labels, epochs=epochs, batch_size=BATCH, verbose=0)
    return network
