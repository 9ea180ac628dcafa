# Learns from bytes 0 to 255 again, and is used with values 0 to 1.
# Loses: test_train_lenet
# Told: the images are not those that train_lenet is given
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
    history = train(network, (255 * training[0], training[1]), validation, epochs, log_folder, verbose=verbose)
    return network, history
