# wrong: always seed 1; breaks "Set the seed": another seed must give another network
# Loses: test_train_lenet
# Told: The seed should be set before the network is created, by
def train_lenet(training, validation, epochs, log_folder, activation="relu", pooling="max", seed=1, verbose=0):
    tf.keras.utils.set_random_seed(1)
    model = compile_model(LeNet5(activation, pooling), falling_rate(len(training[0]), epochs))
    return model, train(model, training, validation, epochs, log_folder, verbose=verbose)
