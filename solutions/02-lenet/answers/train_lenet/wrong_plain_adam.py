# Adam with a constant rate instead of the falling one.
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
    compile_model(network, 0.002)
    history = train(network, training, validation, epochs, log_folder, verbose=verbose)
    return network, history
