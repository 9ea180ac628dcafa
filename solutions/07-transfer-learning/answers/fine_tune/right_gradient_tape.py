# A training loop by hand with GradientTape over what is trainable after freezing.
def fine_tune(network, trunk, unfrozen, inputs, labels, epochs, learning_rate, seed=1):
    tf.keras.utils.set_random_seed(seed)
    freeze(trunk, list(unfrozen))
    network(inputs[:1], training=False)
    weights = network.trainable_variables
    optimizer = tf.keras.optimizers.Adam(falling_rate(learning_rate, len(inputs), epochs))
    optimizer.build(weights)
    answers = np.asarray(labels, "int32")

    @tf.function
    def step(batch, wanted):
        with tf.GradientTape() as tape:
            logits = network(batch, training=True)
            loss = tf.reduce_mean(tf.nn.sparse_softmax_cross_entropy_with_logits(wanted, logits))
        optimizer.apply_gradients(zip(tape.gradient(loss, weights), weights))

    for _ in range(epochs):
        order = np.random.permutation(len(inputs))
        for start in range(0, len(order), BATCH):
            places = order[start : start + BATCH]
            step(tf.constant(inputs[places]), tf.constant(answers[places]))
    return network
