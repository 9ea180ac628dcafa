# Sets no seed: passes the visible check, but no training can be repeated.
# Loses: test_train_lenet
# Told: before the network is created
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
    network = LeNet5(activation=activation, pooling=pooling)
    compile_model(network, falling_rate(len(training[1]), epochs))
    history = train(network, training, validation, epochs, log_folder, verbose=verbose)
    return network, history
