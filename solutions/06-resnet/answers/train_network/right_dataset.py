# Feeds a tf.data.Dataset that is shuffled and batched by hand.
def train_network(
    training: tuple, blocks: int, shortcut: str, epochs: int, filters: tuple = WIDTHS, seed: int = 1, verbose: int = 0
) -> tuple:
    tf.keras.utils.set_random_seed(seed)
    images, labels = training
    batches = tf.data.Dataset.from_tensor_slices((images, labels)).shuffle(len(images), seed=seed).batch(BATCH).prefetch(2)
    network = cifar_resnet(blocks, filters, shortcut=shortcut)
    rate = falling_rate(images=len(images), epochs=epochs)
    network.compile(tf.keras.optimizers.SGD(rate, 0.9), tf.keras.losses.SparseCategoricalCrossentropy(True), metrics=["accuracy"])
    return network, network.fit(batches, epochs=epochs, shuffle=False, verbose=verbose)
