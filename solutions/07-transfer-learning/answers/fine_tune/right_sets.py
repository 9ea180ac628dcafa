# Sets of names, a loss function of its own, a check of the names.
def mean(truth, logits):
    return tf.nn.sparse_softmax_cross_entropy_with_logits(tf.cast(tf.reshape(truth, [-1]), tf.int64), logits)

def fine_tune(network, trunk, unfrozen, inputs, labels, epochs, learning_rate, seed=1):
    tf.keras.utils.set_random_seed(seed)
    if missing := set(unfrozen) - {layer.name for layer in trunk.layers}:
        raise ValueError(f"no layers {missing}")
    for model in (network, trunk):
        model.trainable = True
    for layer in trunk.layers:
        layer.trainable = layer.name in set(unfrozen)
    network.compile(loss=mean, optimizer=tf.keras.optimizers.Adam(falling_rate(learning_rate, inputs.shape[0], epochs)))
    network.fit(x=inputs, y=labels, epochs=epochs, batch_size=BATCH, verbose=0, shuffle=True)
    return network
