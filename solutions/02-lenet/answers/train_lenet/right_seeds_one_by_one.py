# right: sets the seeds of Python, NumPy and TensorFlow itself (what set_random_seed does)
import random


def train_lenet(training, validation, epochs, log_folder, activation="relu", pooling="max", seed=1, verbose=0):
    random.seed(seed)
    np.random.seed(seed)
    tf.random.set_seed(seed)
    count = len(training[1])
    lenet_ = compile_model(LeNet5(activation, pooling), falling_rate(count, epochs))
    return (lenet_, train(lenet_, training, validation, epochs, log_folder, BATCH, verbose))
