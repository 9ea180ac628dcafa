# A constant learning rate of 0.1: the loss stays at ln 10.
# Loses: test_train_lenet
# Told: the rate is constant
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
    compile_model(network, 0.1)
    history = train(network, training, validation, epochs, log_folder, verbose=verbose)
    return network, history
