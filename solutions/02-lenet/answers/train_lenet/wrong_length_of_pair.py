# Takes the length of the pair for the number of images, so the rate falls to 0 after a few steps.
# Loses: test_train_lenet
# Told: It should be falling_rate
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
    compile_model(network, falling_rate(len(training), epochs))
    history = train(network, training, validation, epochs, log_folder, verbose=verbose)
    return network, history
