# Leaves everything trainable and puts the frozen kernels back: the moving averages have moved.
# Loses: test_fine_tune
# Told: ran in training mode, which changes its moving averages
def fine_tune(network, trunk, unfrozen, inputs, labels, epochs, learning_rate, seed=1):
    tf.keras.utils.set_random_seed(seed)
    trunk.trainable = True
    for layer in trunk.layers:
        layer.trainable = True
    kept = {layer.name: layer.trainable_weights and [weight.numpy() for weight in layer.trainable_weights] for layer in trunk.layers if layer.name not in unfrozen}
    network.compile(tf.keras.optimizers.Adam(falling_rate(learning_rate, len(inputs), epochs)), tf.keras.losses.SparseCategoricalCrossentropy(from_logits=True))
    network.fit(inputs, labels, epochs=epochs, batch_size=BATCH, verbose=0)
    for name, values in kept.items():
        for weight, value in zip(trunk.get_layer(name).trainable_weights, values):
            weight.assign(value)
    return network
