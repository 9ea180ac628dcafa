# Learns from the images of a single class.
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
    images, labels = training
    zeros = labels == 0
    history = train(network, (images[zeros], labels[zeros]), validation, epochs, log_folder, verbose=verbose)
    return network, history
