# wrong: the rate falls over the images and epochs of the budget; breaks "falling_rate for this number of images and epochs"
# Loses: test_train_lenet
# Told: It should be falling_rate for the number of training images and of epochs
def train_lenet(training, validation, epochs, log_folder, activation="relu", pooling="max", seed=1, verbose=0):
    tf.keras.utils.set_random_seed(seed)
    model = compile_model(LeNet5(activation, pooling), falling_rate(plan.images, plan.epochs))
    return model, train(model, training, validation, epochs, log_folder, verbose=verbose)
