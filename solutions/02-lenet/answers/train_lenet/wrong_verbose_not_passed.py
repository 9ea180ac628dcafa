# wrong: verbose is not handed on; breaks "verbose: as in train"
# Loses: test_train_lenet
# Told: It should be passed on, and be 0 where it is not given
def train_lenet(training, validation, epochs, log_folder, activation="relu", pooling="max", seed=1, verbose=0):
    tf.keras.utils.set_random_seed(seed)
    model = compile_model(LeNet5(activation, pooling), falling_rate(len(training[0]), epochs))
    return model, train(model, training, validation, epochs, log_folder)
