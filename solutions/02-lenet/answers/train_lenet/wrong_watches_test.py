# Stops early by the test set, which exists in the notebook.
# Loses: test_train_lenet
# Told: `train` should watch the validation pair that train_lenet is given
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
    history = train(network, training, test, epochs, log_folder, verbose=verbose)
    return network, history
