# A helper for the compiling, and a loss function of its own.
def mean_cross_entropy(labels, logits):
    labels = tf.cast(tf.reshape(labels, [-1]), tf.int64)
    return tf.reduce_mean(tf.nn.sparse_softmax_cross_entropy_with_logits(labels=labels, logits=logits))


def ready(network, number, epochs):
    optimizer = tf.keras.optimizers.SGD(falling_rate(number, epochs), momentum=0.9)
    network.compile(optimizer=optimizer, loss=mean_cross_entropy, metrics=["accuracy"])
    return network


def train_network(training, blocks, shortcut, epochs, filters=WIDTHS, seed=1, verbose=0):
    tf.keras.utils.set_random_seed(seed)
    network = ready(cifar_resnet(blocks, filters, 10, shortcut), len(training[1]), epochs)
    history = network.fit(x=training[0], y=training[1], epochs=epochs, batch_size=BATCH, verbose=verbose)
    return [network, history]
