# right: builds the weights before compiling, with one image; the seed is set before the network is made
def train_lenet(training, validation, epochs, log_folder, activation="relu", pooling="max", seed=1, verbose=0):
    tf.keras.utils.set_random_seed(int(seed))
    model = LeNet5(activation, pooling)
    model(training[0][:1])
    rate = falling_rate(len(training[0]), epochs)
    model = compile_model(model, rate)
    result = train(model, training, validation, epochs, log_folder, verbose=verbose)
    print(f"trained {len(result.history['loss'])} epochs") if verbose else None
    return model, result
