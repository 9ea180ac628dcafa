# wrong: remembers the network of a seed and returns it again, whatever the images and the activation; breaks "make the network with this activation and pooling ... train it"
# Loses: test_train_lenet
# Told: Each call should train one network, by `train`
_known = {}


def train_lenet(training, validation, epochs, log_folder, activation="relu", pooling="max", seed=1, verbose=0):
    if seed not in _known:
        tf.keras.utils.set_random_seed(seed)
        model = compile_model(LeNet5(activation, pooling), falling_rate(len(training[0]), epochs))
        _known[seed] = model, train(model, training, validation, epochs, log_folder, verbose=verbose)
    return _known[seed]
