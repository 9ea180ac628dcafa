# A loop by hand that runs the network in inference mode while it trains it.
# Loses: test_fine_tune
# Told: runs in inference mode while it is trained
def fine_tune(network, trunk, unfrozen, inputs, labels, epochs, learning_rate, seed=1):
    tf.keras.utils.set_random_seed(seed)
    freeze(trunk, keep=unfrozen)
    optimizer = tf.keras.optimizers.Adam(falling_rate(learning_rate, len(inputs), epochs))
    weights = network.trainable_variables
    for _ in range(epochs):
        order = np.random.permutation(len(inputs))
        for start in range(0, len(order), BATCH):
            places = order[start : start + BATCH]
            with tf.GradientTape() as tape:
                logits = network(inputs[places], training=False)
                loss = tf.reduce_mean(tf.nn.sparse_softmax_cross_entropy_with_logits(labels[places].astype("int32"), logits))
            optimizer.apply_gradients(zip(tape.gradient(loss, weights), weights))
    return network
