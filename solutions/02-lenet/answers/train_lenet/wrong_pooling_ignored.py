# Hands the activation on and forgets the pooling.
# Loses: test_train_lenet
# Told: this is max pooling; `pooling` is not passed on
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
    network = LeNet5(activation)
    compile_model(network, falling_rate(len(training[1]), epochs))
    history = train(network, training, validation, epochs, log_folder, verbose=verbose)
    return network, history
