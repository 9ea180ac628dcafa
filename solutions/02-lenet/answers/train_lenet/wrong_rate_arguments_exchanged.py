# Hands falling_rate the epochs for the images and the images for the epochs, so the rate hardly falls.
# Loses: test_train_lenet
# Told: the two arguments of falling_rate are swapped
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
    compile_model(network, falling_rate(epochs, len(training[1])))
    history = train(network, training, validation, epochs, log_folder, verbose=verbose)
    return network, history
