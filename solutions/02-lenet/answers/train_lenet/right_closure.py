# right: a closure that makes the network, a tuple as answer; helper named network
def network(seed, activation, pooling):
    def make():
        tf.keras.utils.set_random_seed(seed)
        return LeNet5(activation, pooling)

    return make


def train_lenet(training, validation, epochs, log_folder, activation="relu", pooling="max", seed=1, verbose=0):
    make = network(seed, activation, pooling)
    steps_of = len(training[0])
    return (m := compile_model(make(), falling_rate(steps_of, epochs))), train(
        m, training, validation, epochs, log_folder, verbose=verbose
    )
