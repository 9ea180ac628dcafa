# wrong: the pooling is not handed on; breaks "make the network with this activation and pooling"
# Loses: test_train_lenet
# Told: this is max pooling; `pooling` is not passed on
def train_lenet(training, validation, epochs, log_folder, activation="relu", pooling="max", seed=1, verbose=0):
    tf.keras.utils.set_random_seed(seed)
    model = compile_model(LeNet5(activation), falling_rate(len(training[0]), epochs))
    return model, train(model, training, validation, epochs, log_folder, verbose=verbose)
