# right: everything by keyword, images and labels unpacked, the number of images from the shape
def train_lenet(training, validation, epochs, log_folder, activation="relu", pooling="max", seed=1, verbose=0):
    images, labels = training
    tf.keras.utils.set_random_seed(seed)
    network = compile_model(
        model=LeNet5(activation=activation, pooling=pooling),
        learning_rate=falling_rate(images=images.shape[0], epochs=epochs),
    )
    return network, train(
        network, training=(images, labels), validation=validation, epochs=epochs, log_folder=log_folder, batch_size=BATCH, verbose=verbose
    )
