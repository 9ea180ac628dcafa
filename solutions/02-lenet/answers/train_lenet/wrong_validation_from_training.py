# wrong: validates on the last tenth of the training images where there are many; breaks "training, validation: as in train" (its loss on the second pair is measured)
# Loses: test_train_lenet
# Told: `train` should watch the validation pair that train_lenet is given
def train_lenet(training, validation, epochs, log_folder, activation="relu", pooling="max", seed=1, verbose=0):
    tf.keras.utils.set_random_seed(seed)
    model = compile_model(LeNet5(activation, pooling), falling_rate(len(training[0]), epochs))
    tenth = max(len(training[0]) // 10, 1)
    return model, train(model, training, (training[0][-tenth:], training[1][-tenth:]), epochs, log_folder, verbose=verbose)
