# wrong: SGD without momentum; breaks "SGD with momentum 0.9"
# Loses: test_train_network
# Told: the momentum is not handed to SGD
def train_network(
    training: tuple, blocks: int, shortcut: str, epochs: int, filters: tuple = WIDTHS, seed: int = 1, verbose: int = 0
) -> tuple:
    """A network for CIFAR-10, trained from a seed.

    Set the seed (before the network makes its weights), make the network with `cifar_resnet`, compile
    it, fit it.

    Parameters
    ----------
    training
        images and labels (whole numbers 0 to 9).
    blocks, filters, shortcut
        as in `cifar_resnet`; there are ten classes.
    epochs
        so many passes over the training images, in batches of BATCH.
    seed
        the same seed gives the same network: tf.keras.utils.set_random_seed.
    verbose
        what Keras prints: 0 nothing, 2 a line an epoch.

    Returns
    -------
    tuple
        the trained model, and the History that `fit` returns, with "loss" and "accuracy". The optimiser
        is SGD with momentum 0.9 and `falling_rate` for this number of images and epochs; the loss is the
        cross-entropy of the logits.
    """
    images, labels = training
    tf.keras.utils.set_random_seed(seed)
    network = cifar_resnet(blocks, filters, 10, shortcut)
    network.compile(
        optimizer=tf.keras.optimizers.SGD(falling_rate(len(images), epochs)),
        loss=tf.keras.losses.SparseCategoricalCrossentropy(from_logits=True),
        metrics=["accuracy"],
    )
    history = network.fit(images, labels, batch_size=BATCH, epochs=epochs, verbose=verbose)
    return network, history
