# wrong: a constant rate of 0.001; breaks "compile it with falling_rate"
# Loses: test_train_lenet
# Told: the rate is constant
def train_lenet(training, validation, epochs, log_folder, activation="relu", pooling="max", seed=1, verbose=0):
    tf.keras.utils.set_random_seed(seed)
    model = compile_model(LeNet5(activation, pooling), 0.001)
    return model, train(model, training, validation, epochs, log_folder, verbose=verbose)
