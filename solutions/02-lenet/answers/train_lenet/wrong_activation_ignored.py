# Does not hand activation and pooling on: passes the visible check.
# Loses: test_train_lenet
# Told: should be passed on to LeNet5
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
    network = LeNet5()
    compile_model(network, falling_rate(len(training[1]), epochs))
    history = train(network, training, validation, epochs, log_folder, verbose=verbose)
    return network, history
