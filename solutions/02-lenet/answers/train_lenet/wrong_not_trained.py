# Returns a fresh network in place of the trained one.
# Loses: test_train_lenet
# Told: should be the one that was trained
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
    compile_model(network, falling_rate(len(training[1]), epochs))
    history = train(network, training, validation, epochs, log_folder, verbose=verbose)
    network = LeNet5(activation, pooling)
    network(training[0][:1])
    return network, history
