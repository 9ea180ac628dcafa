# Compiles by itself with plain descent: too slow for so few epochs.
# Loses: test_train_lenet
# Told: falling rate
def train_lenet(
    training: tuple,
    validation: tuple,
    epochs: int,
    log_folder: str,
    activation: str = "relu",
    pooling: str = "max",
    seed: int = 1,
    verbose: int = 0,
) -> tuple:
    tf.keras.utils.set_random_seed(seed)
    network = LeNet5(activation=activation, pooling=pooling)
    loss = tf.keras.losses.SparseCategoricalCrossentropy(from_logits=True)
    network.compile(tf.keras.optimizers.SGD(falling_rate(len(training[1]), epochs)), loss, metrics=["accuracy"])
    history = train(network, training, validation, epochs, log_folder, verbose=verbose)
    return network, history
