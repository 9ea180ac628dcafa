# Compiles by itself with a loss that takes the logits for probabilities.
# Loses: test_train_lenet
# Told: compiled with the cross-entropy of the logits
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
    rate = falling_rate(len(training[1]), epochs)
    network.compile(tf.keras.optimizers.Adam(rate), "sparse_categorical_crossentropy", metrics=["accuracy"])
    history = train(network, training, validation, epochs, log_folder, verbose=verbose)
    return network, history
