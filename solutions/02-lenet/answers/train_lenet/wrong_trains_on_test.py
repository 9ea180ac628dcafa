# Adds the test set to what it learns from: the test accuracy becomes better than it is.
# Loses: test_train_lenet
# Told: images instead of 200
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
    images = np.concatenate([training[0], test[0]])
    labels = np.concatenate([training[1], test[1]])
    history = train(network, (images, labels), validation, epochs, log_folder, verbose=verbose)
    return network, history
