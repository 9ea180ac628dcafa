# wrong: tf.random.set_seed alone; Keras draws the seeds of its weights from Python's random; breaks "the same seed gives the same network"
# Loses: test_train_lenet
# Told: The seed should be set before the network is created, by
def train_lenet(training, validation, epochs, log_folder, activation="relu", pooling="max", seed=1, verbose=0):
    tf.random.set_seed(seed)
    model = compile_model(LeNet5(activation, pooling), falling_rate(len(training[0]), epochs))
    return model, train(model, training, validation, epochs, log_folder, verbose=verbose)
