# right: as the text says, step by step
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
    """A LeNet-5, trained from a seed."""
    tf.keras.utils.set_random_seed(seed)
    model = LeNet5(activation, pooling)
    compile_model(model, falling_rate(len(training[0]), epochs))
    history = train(model, training, validation, epochs, log_folder, verbose=verbose)
    return model, history
