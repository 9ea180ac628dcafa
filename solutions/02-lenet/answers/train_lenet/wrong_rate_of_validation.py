# wrong: counts training and validation images together for the rate; breaks "falling_rate for this number of images" (an epoch passes over the training images)
# Loses: test_train_lenet
# Told: for the number of training images and of epochs
def train_lenet(training, validation, epochs, log_folder, activation="relu", pooling="max", seed=1, verbose=0):
    tf.keras.utils.set_random_seed(seed)
    rate = falling_rate(len(training[0]) + len(validation[0]), epochs)
    model = compile_model(LeNet5(activation, pooling), rate)
    return model, train(model, training, validation, epochs, log_folder, verbose=verbose)
