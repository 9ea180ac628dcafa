# right: a NamedTuple as the result, optimiser built first
from typing import NamedTuple


class Trained(NamedTuple):
    network: tf.keras.Model
    history: tf.keras.callbacks.History


def train_network(training, blocks, shortcut, epochs, filters=WIDTHS, seed=1, verbose=0):
    """Trained from a seed."""
    (images, labels), count = training, len(training[0])
    tf.keras.utils.set_random_seed(seed)
    network = cifar_resnet(blocks, filters, classes=10, shortcut=shortcut)
    network.compile(
        optimizer=tf.keras.optimizers.SGD(falling_rate(count, epochs), 0.9),
        loss=tf.keras.losses.SparseCategoricalCrossentropy(from_logits=True), metrics=["accuracy"],
    )
    return Trained(network, network.fit(images, labels, epochs=epochs, batch_size=BATCH, verbose=verbose))
