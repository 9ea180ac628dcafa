# Compiles and trains in one expression; returns a list.
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
    history = train(compile_model(network, falling_rate(training[0].shape[0], epochs)), training, validation, epochs, log_folder, verbose=verbose)
    return [network, history]
