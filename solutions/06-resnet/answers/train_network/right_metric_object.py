# right: a metric object named accuracy; the loss as a function of its own by tf.nn
def mean_cross_entropy(truth, logits):
    return tf.nn.sparse_softmax_cross_entropy_with_logits(labels=tf.reshape(tf.cast(truth, tf.int32), [-1]), logits=logits)


def train_network(training: tuple, blocks: int, shortcut: str, epochs: int, filters: tuple = WIDTHS, seed: int = 1, verbose: int = 0) -> tuple:
    """A network for CIFAR-10."""
    x, y = training[0], training[1]
    tf.keras.utils.set_random_seed(seed)
    network = cifar_resnet(blocks, filters=filters, shortcut=shortcut)
    network.compile(
        tf.keras.optimizers.SGD(falling_rate(len(x), epochs), momentum=0.9, nesterov=False),
        mean_cross_entropy,
        metrics=[tf.keras.metrics.SparseCategoricalAccuracy(name="accuracy")],
    )
    history = network.fit(x, y, batch_size=BATCH, epochs=epochs, verbose=verbose, shuffle=True)
    return (network, history)
